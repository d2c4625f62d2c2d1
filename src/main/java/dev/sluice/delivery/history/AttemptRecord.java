package dev.sluice.delivery.history;

import dev.sluice.delivery.Fate;
import dev.sluice.delivery.policy.Answer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the attempt log: an attempt, or the end of a delivery that came without one.
 *
 * @param type   of the event, or null where only the delivery's id was at hand
 * @param number 1 for the first attempt; 0 where none was made
 * @param at     when the answer came, by the pod's clock, in whole milliseconds
 * @param answer in whole milliseconds, its texts cut; null where no attempt was made
 * @param nextAt the earliest next attempt, of what is {@link Fate#RETRYING}
 * @param reason for a person, why it ended without an attempt
 */
public record AttemptRecord(
        String webhookId,
        String deliveryId,
        @Nullable String type,
        int number,
        Instant at,
        @Nullable Answer answer,
        Fate fate,
        @Nullable Instant nextAt,
        @Nullable String reason) {}
