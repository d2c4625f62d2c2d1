package dev.sluice.delivery.history;

import dev.sluice.delivery.LaneKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as it is known now.
 *
 * @param type        of its event; null where it is not known
 * @param attempts    how many were made, in the present run of the retry schedule
 * @param at          when it is due, died or ended; null while it waits behind another of the same key
 * @param lastOutcome for a person, why it died or ended; null where nothing is to be said
 * @param history     the failed attempts that its parked or dead copy holds, oldest first, one JSON object a line
 */
public record KnownDelivery(
        String id,
        LaneKey lane,
        String eventId,
        @Nullable String type,
        DeliveryState state,
        int attempts,
        @Nullable Instant at,
        @Nullable String lastOutcome,
        String history) {}
