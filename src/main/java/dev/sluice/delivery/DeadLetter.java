package dev.sluice.delivery;

import java.time.Instant;

/**
 * A delivery that will not be tried again unless somebody asks.
 *
 * @param attempts    how many were made
 * @param lastOutcome for a person: why it died
 * @param history     the failed attempts, oldest first, one JSON object a line
 */
public record DeadLetter(
        String id,
        String webhookId,
        String tenant,
        String eventId,
        String type,
        int attempts,
        String lastOutcome,
        Instant diedAt,
        String history) {}
