package dev.sluice.delivery.stage;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.Fate;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.SentAgain;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/** What a delivery remembers of its attempts: an object a line, oldest first. Members without a value are absent. */
final class Notes {
    private static final int EXCERPT = 512;

    private Notes() {}

    static JsonObject failed(Delivery delivery, Answer answer, Instant at) {
        JsonObject note = new JsonObject()
                .put("number", delivery.attempts() + 1)
                .put("at", at.toString())
                .put("durationMs", answer.took().toMillis());
        SentAgain again = answer.sentAgain();
        note.put("sentAgain", again == null ? null : again.text());
        note.put("in", answer.split().text());
        if (answer instanceof Answer.Status status) {
            note.put("status", status.code());
            note.put("retryAfter", status.retryAfter());
            note.put("location", status.location());
            note.put("body", shorten(status.excerpt()));
            note.put("bodyCut", status.bodyCut() ? true : null);
        } else if (answer instanceof Answer.Failure failure) {
            note.put("error", failure.kind().name().toLowerCase(Locale.ROOT));
            note.put("detail", failure.detail());
        }
        note.getMap().values().removeIf(Objects::isNull);
        return note;
    }

    private static String shorten(String excerpt) {
        return excerpt.length() <= EXCERPT ? excerpt : excerpt.substring(0, EXCERPT);
    }

    /** Answers the whole history. Refusals in a row are one line, that of the last and how many they were: there may be many. */
    static String withRefusal(Delivery delivery, Answer answer, Instant at) {
        String history = delivery.history();
        int last = history.lastIndexOf('\n', history.length() - 2) + 1;
        int before = refusals(history.substring(last));
        JsonObject note = failed(delivery, answer, at);
        note.remove("body");
        note.put("fate", Fate.REFUSED.text()).put("refusals", before + 1);
        return (before > 0 ? history.substring(0, last) : history) + note.encode() + "\n";
    }

    private static int refusals(String line) {
        try {
            return line.isBlank() ? 0 : new JsonObject(line).getInteger("refusals", 0);
        } catch (DecodeException | ClassCastException ofAnotherVersion) {
            return 0;
        }
    }
}
