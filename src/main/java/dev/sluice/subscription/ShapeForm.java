package dev.sluice.subscription;

import dev.sluice.subscription.Shape.BodyMode;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/** Reads and writes the members of a webhook that are its {@link Shape}. */
final class ShapeForm {
    static final Set<String> MEMBERS = Set.of("body");

    private ShapeForm() {}

    static Shape read(Field form) {
        return new Shape(form.member("body").oneOf(BodyMode.values(), BodyMode::text));
    }

    /** Members without a value are absent. */
    static void write(Shape shape, JsonObject json) {
        BodyMode body = shape.body();
        WebhookViews.putIfPresent(json, "body", body == null ? null : body.text());
    }
}
