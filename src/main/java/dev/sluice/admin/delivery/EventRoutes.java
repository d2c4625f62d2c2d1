package dev.sluice.admin.delivery;

import dev.sluice.access.Role;
import dev.sluice.admin.web.Call;
import dev.sluice.admin.web.Mount;
import dev.sluice.admin.web.Reply;
import dev.sluice.admin.web.Routes;
import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.event.JsonType;
import dev.sluice.http.JsonText;
import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import dev.sluice.journal.Events;
import dev.sluice.journal.Events.Kept;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;

/** {@code /v1/events/{id}}. Needs the role read. */
final class EventRoutes implements Routes {
    private static final int WEBHOOKS = 200;

    private final Events events;
    private final EventDeliveries deliveries;

    EventRoutes(Events events, EventDeliveries deliveries) {
        this.events = events;
        this.deliveries = deliveries;
    }

    @Override
    public void on(Mount mount) {
        mount.get("/v1/events/:id", Role.READ, this::show);
    }

    private Future<Reply> show(Call call) {
        return events.find(call.path("id"))
                .map(found -> found.filter(kept -> call.maySee(kept.event().tenant())
                                && call.sight().ofType(kept.event().type()))
                        .orElseThrow(() -> unknown(call.path("id"))))
                .compose(kept -> deliveries
                        .page(
                                new EventDeliveries.Recipients(kept.event().tenant(), call.sight()),
                                kept.event().id(),
                                kept,
                                "",
                                WEBHOOKS)
                        .map(page -> Reply.content("application/json", view(kept, page))));
    }

    private static Buffer view(Kept kept, EventDeliveries.Page page) {
        Event event = kept.event();
        JsonArray deliveries = new JsonArray();
        page.deliveries().forEach(delivery -> deliveries.add(DeliveryViews.view(delivery)));
        JsonObject json = new JsonObject()
                .put("id", event.id().text())
                .put("tenant", event.tenant())
                .put("acceptedAt", kept.acceptedAt().toString())
                .put("attributes", attributes(event.attributes()))
                .put("deliveries", deliveries)
                .put("moreDeliveries", page.cursor() != null);
        return withData(json, event);
    }

    private static JsonObject attributes(Attributes attributes) {
        JsonObject json = new JsonObject();
        for (int i = 0; i < attributes.size(); i++) {
            if (!Attributes.isInternal(attributes.name(i))) {
                json.put(attributes.name(i), attributes.typed(i));
            }
        }
        return json;
    }

    /** JSON goes out as it came in, byte for byte: a tree of it could change numbers. */
    private static Buffer withData(JsonObject json, Event event) {
        Buffer data = event.data();
        if (data.length() > 0 && !isJson(event)) {
            json.put("dataBase64", Base64.getEncoder().encodeToString(data.getBytes()));
        }
        Buffer text = json.toBuffer();
        if (data.length() == 0 || !isJson(event)) {
            return text;
        }
        return Buffer.buffer(text.length() + data.length() + 8)
                .appendBuffer(text, 0, text.length() - 1)
                .appendString(",\"data\":")
                .appendBuffer(JsonText.of(data).bytes())
                .appendString("}");
    }

    private static boolean isJson(Event event) {
        boolean isPlain = event.encoding() == null;
        return isPlain
                && JsonType.isOrUnsaid(event.attributes().get(Attributes.DATA_CONTENT_TYPE))
                && parses(event.data());
    }

    private static boolean parses(Buffer data) {
        try {
            JsonText.of(data).check();
            return true;
        } catch (ProblemException malformed) {
            return false;
        }
    }

    static ProblemException unknown(String id) {
        return Problem.of(
                        404,
                        "no-such-event",
                        "No such event",
                        "There is no event '%s'; delivered ones are kept for journal.retention.".formatted(id))
                .asException();
    }
}
