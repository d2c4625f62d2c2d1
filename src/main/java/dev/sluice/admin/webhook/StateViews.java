package dev.sluice.admin.webhook;

import dev.sluice.admin.delivery.AttemptViews;
import dev.sluice.admin.web.JsonMembers;
import dev.sluice.delivery.history.KnownPace;
import dev.sluice.delivery.history.Standing;
import dev.sluice.delivery.history.WebhookState;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a webhook does, as users see it. Members without a value are absent. */
final class StateViews {
    private StateViews() {}

    static JsonObject view(WebhookState state) {
        JsonObject json = new JsonObject().put("circuit", "closed");
        state.standing().ifPresent(standing -> standing(json, standing));
        state.pace().ifPresent(pace -> json.put("pace", pace(pace)));
        return json.put("parked", state.parked()).put("deadLetters", state.deadLetters());
    }

    private static void standing(JsonObject json, Standing standing) {
        json.put("circuit", standing.circuit().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        JsonMembers.putIfPresent(json, "circuitSince", text(standing.circuitSince()));
        JsonMembers.putIfPresent(json, "circuitReason", standing.circuitReason());
        JsonMembers.putIfPresent(json, "failingSince", text(standing.failingSince()));
        if (standing.last() != null) {
            json.put("lastAttempt", AttemptViews.brief(standing.last()));
        }
    }

    /** To three digits: it is found, and changes all the time. */
    private static JsonObject pace(KnownPace pace) {
        double perSecond = new BigDecimal(pace.perSecond())
                .round(new MathContext(3, RoundingMode.HALF_UP))
                .doubleValue();
        return new JsonObject()
                .put("perSecond", perSecond)
                .put("since", pace.since().toString());
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
