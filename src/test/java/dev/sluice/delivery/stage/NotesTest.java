package dev.sluice.delivery.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Answer.Kind;
import dev.sluice.delivery.policy.Split;
import dev.sluice.testing.NumberedEvents;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NotesTest {
    private static final Instant AT = Instant.parse("2026-11-28T14:00:00Z");

    private final Delivery delivery =
            new Delivery("dlv_1", NumberedEvents.event(1), "wh_1", null, 0, "", new Delivery.Origin.Journaled(0, 0, 0));

    @Test
    void tellWhereTheTimeOfAFailedAttemptWentInAFewLetters() {
        Split split = new Split(Split.NONE, 0, 12, Split.NONE, Split.NONE);
        Answer answer = new Answer.Failure(Kind.TLS, "no", Duration.ofMillis(12), null, split);
        assertThat(Notes.failed(delivery, answer, AT).getString("in")).isEqualTo("ct12");
    }

    @Test
    void sayNothingOfTheTimeOfWhatWasNeverOnTheWire() {
        Answer answer = new Answer.Failure(Kind.TRANSFORM, "no", Duration.ofMillis(12));
        assertThat(Notes.failed(delivery, answer, AT).containsKey("in")).isFalse();
    }

    @Test
    void keepTheTimeOfTheLastRefusalInARow() {
        Split split = new Split(Split.NONE, Split.NONE, Split.NONE, 3, 0);
        Answer answer = new Answer.Status(429, "1", null, "", Duration.ofMillis(3), null, false, split);
        JsonObject note = new JsonObject(Notes.withRefusal(delivery, answer, AT));
        assertThat(note.getString("in")).isEqualTo("f3b");
    }
}
