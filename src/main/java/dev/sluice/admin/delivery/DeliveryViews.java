package dev.sluice.admin.delivery;

import dev.sluice.admin.web.JsonMembers;
import dev.sluice.delivery.history.DeliveryState;
import dev.sluice.delivery.history.KnownDelivery;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** Deliveries as users see them. Members without a value are absent. */
final class DeliveryViews {
    private DeliveryViews() {}

    static JsonObject view(KnownDelivery delivery) {
        JsonObject json = new JsonObject()
                .put("id", delivery.id())
                .put("webhook", delivery.lane().webhookId())
                .put("tenant", delivery.lane().tenant())
                .put("event", delivery.eventId());
        JsonMembers.putIfPresent(json, "type", delivery.type());
        json.put("state", delivery.state().text()).put("attempts", delivery.attempts());
        Instant at = delivery.at();
        JsonMembers.putIfPresent(json, time(delivery.state()), at == null ? null : at.toString());
        JsonMembers.putIfPresent(json, "lastOutcome", delivery.lastOutcome());
        return json;
    }

    private static String time(DeliveryState state) {
        return switch (state) {
            case PENDING, WAITING -> "dueAt";
            case DEAD -> "diedAt";
            case DELIVERED, COALESCED, CANCELLED, GONE -> "endedAt";
        };
    }
}
