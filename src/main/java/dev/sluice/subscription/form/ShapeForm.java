package dev.sluice.subscription.form;

import dev.sluice.http.Field;
import dev.sluice.subscription.Shape;
import dev.sluice.subscription.Shape.BodyMode;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/** Reads and writes the members of a webhook that are its {@link Shape}. */
final class ShapeForm {
    static final Set<String> MEMBERS = Set.of("body", "transform");

    private ShapeForm() {}

    /** As a user sends it: a transformation that cannot be read is refused here, and not when an event comes. */
    static Shape read(Field form) {
        Shape shape = readStored(form);
        if (shape.transform() != null) {
            String problem = TransformSyntax.problem(shape.transform());
            if (problem != null) {
                form.member("transform").refuse("%s", problem);
            }
        }
        return shape;
    }

    /** As it was stored: parsing what was valid when it was saved would only slow down the start of a pod. */
    static Shape readStored(Field form) {
        BodyMode body = form.member("body").oneOf(BodyMode.values(), BodyMode::text);
        Field transform = form.member("transform");
        String expression = transform.verbatim(TransformSyntax.MAX_LENGTH);
        if (body != null && expression != null) {
            transform.refuse("given beside body %s (expected: one of them; null resets the other)", body.text());
            return Shape.USUAL;
        }
        return new Shape(body, expression);
    }

    /** Members without a value are absent. */
    static void write(Shape shape, JsonObject json) {
        BodyMode body = shape.body();
        WebhookViews.putIfPresent(json, "body", body == null ? null : body.text());
        WebhookViews.putIfPresent(json, "transform", shape.transform());
    }
}
