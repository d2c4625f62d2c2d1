package dev.sluice.testing;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.Fate;
import dev.sluice.delivery.history.AttemptRecord;
import dev.sluice.delivery.policy.Answer;
import java.time.Duration;
import java.time.Instant;

/** Attempts to start with, of numbered events. */
public final class Attempts {
    public static final Instant AT = Instant.parse("2026-03-01T12:00:00.250Z");

    private Attempts() {}

    public static AttemptRecord delivered(String webhookId, int event) {
        Answer answer = new Answer.Status(204, null, null, "", Duration.ofMillis(12));
        return attempt(webhookId, event, 1, answer, Fate.DELIVERED, null);
    }

    public static AttemptRecord failed(String webhookId, int event, int status) {
        Answer answer = new Answer.Status(status, "30", null, "no room", Duration.ofMillis(30));
        return attempt(webhookId, event, 1, answer, Fate.RETRYING, AT.plusSeconds(30));
    }

    public static AttemptRecord broken(String webhookId, int event, Answer.Kind kind) {
        Answer answer = new Answer.Failure(kind, "it \"broke\"\u0000\n\\ ünïcode \uD83D\uDE00", Duration.ofSeconds(15));
        return attempt(webhookId, event, 2, answer, Fate.DEAD, null);
    }

    public static AttemptRecord sentAgain(String webhookId, int event, Answer answer) {
        return attempt(webhookId, event, 1, answer, Fate.RETRYING, AT.plusSeconds(30));
    }

    public static AttemptRecord ended(String webhookId, int event, Fate fate) {
        return new AttemptRecord(
                webhookId, delivery(webhookId, event), null, 0, AT, null, fate, null, "by a later one");
    }

    public static String delivery(String webhookId, int event) {
        return Delivery.id(NumberedEvents.event(event).id(), webhookId);
    }

    private static AttemptRecord attempt(
            String webhookId, int event, int number, Answer answer, Fate fate, Instant nextAt) {
        return new AttemptRecord(
                webhookId,
                delivery(webhookId, event),
                "entry.update",
                number,
                AT.plusSeconds(event),
                answer,
                fate,
                nextAt,
                null);
    }
}
