package dev.sluice.admin.delivery;

import dev.sluice.admin.web.Call;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.history.Deliveries;
import dev.sluice.delivery.history.DeliveryState;
import dev.sluice.delivery.history.KnownDelivery;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which deliveries a query asks for. */
record DeliveryFilter(
        Set<DeliveryState> states,
        boolean tried,
        @Nullable Instant since,
        @Nullable Instant until) {
    private static final String FAILED = "failed";
    private static final Map<String, DeliveryState> STATES = Map.of(
            "waiting", DeliveryState.WAITING,
            "dead", DeliveryState.DEAD,
            "delivered", DeliveryState.DELIVERED,
            "coalesced", DeliveryState.COALESCED,
            "cancelled", DeliveryState.CANCELLED);

    /** @throws dev.sluice.http.ProblemException 400 for a state that is none, or a time that is none */
    static DeliveryFilter of(Call call) {
        String state = call.query("state").orElse("");
        Instant since = call.instant("since");
        Instant until = call.instant("until");
        if (state.isEmpty()) {
            return new DeliveryFilter(Set.of(DeliveryState.values()), false, since, until);
        }
        if (state.equals(FAILED)) {
            return new DeliveryFilter(Set.of(DeliveryState.WAITING, DeliveryState.DEAD), true, since, until);
        }
        DeliveryState one = STATES.get(state);
        if (one == null) {
            throw Call.badQuery(
                    "state: %s (expected: waiting, dead, failed, delivered, coalesced or cancelled)".formatted(state));
        }
        return new DeliveryFilter(Set.of(one), false, since, until);
    }

    Deliveries.Query of(LaneKey lane) {
        return new Deliveries.Query(lane, states, tried, since, until);
    }

    /** What has no time of its own is not asked for by time. */
    boolean admits(KnownDelivery delivery) {
        Instant at = delivery.at();
        return states.contains(delivery.state())
                && (!tried || delivery.attempts() > 0)
                && (since == null || (at != null && !at.isBefore(since)))
                && (until == null || (at != null && at.isBefore(until)));
    }
}
