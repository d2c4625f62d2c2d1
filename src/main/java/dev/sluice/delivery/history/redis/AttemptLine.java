package dev.sluice.delivery.history.redis;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.sluice.delivery.Fate;
import dev.sluice.delivery.history.AttemptRecord;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.SentAgain;
import dev.sluice.delivery.policy.Split;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An attempt as one line of JSON. Written by hand, since it is written for each delivery; members without a value are
 * absent. The delivery's id, which names the webhook and the event, comes first and only once.
 */
final class AttemptLine {
    private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

    private AttemptLine() {}

    /** What the lines of a delivery begin with; no text inside a line can hold it, as quotes are escaped there. */
    static String beginning(String deliveryId) {
        return "{\"delivery\":\"" + deliveryId + "\"";
    }

    /** @param scratch is overwritten */
    static String write(AttemptRecord attempt, StringBuilder scratch) {
        scratch.setLength(0);
        scratch.append(beginning(attempt.deliveryId()));
        text(scratch, "type", attempt.type());
        number(scratch, "number", attempt.number());
        number(scratch, "at", attempt.at().toEpochMilli());
        text(scratch, "fate", attempt.fate().text());
        answer(scratch, attempt.answer());
        Instant next = attempt.nextAt();
        if (next != null) {
            number(scratch, "next", next.toEpochMilli());
        }
        text(scratch, "reason", attempt.reason());
        return scratch.append('}').toString();
    }

    private static void answer(StringBuilder line, @Nullable Answer answer) {
        if (answer == null) {
            return;
        }
        number(line, "ms", answer.took().toMillis());
        text(line, "in", answer.split().text());
        SentAgain again = answer.sentAgain();
        text(line, "again", again == null ? null : again.text());
        if (answer instanceof Answer.Status status) {
            number(line, "status", status.code());
            text(line, "retryAfter", status.retryAfter());
            text(line, "location", status.location());
            text(line, "body", status.excerpt().isEmpty() ? null : status.excerpt());
            if (status.bodyCut()) {
                line.append(",\"cut\":true");
            }
        } else if (answer instanceof Answer.Failure failure) {
            text(line, "error", failure.kind().name().toLowerCase(Locale.ROOT));
            text(line, "detail", failure.detail());
        }
    }

    private static void text(StringBuilder line, String name, @Nullable String value) {
        if (value != null) {
            line.append(",\"").append(name).append("\":\"");
            ENCODER.quoteAsString(value, line);
            line.append('"');
        }
    }

    private static void number(StringBuilder line, String name, long value) {
        line.append(",\"").append(name).append("\":").append(value);
    }

    static AttemptRecord read(String webhookId, String line) {
        JsonObject json = new JsonObject(line);
        Long next = json.getLong("next");
        return new AttemptRecord(
                webhookId,
                json.getString("delivery"),
                json.getString("type"),
                json.getInteger("number"),
                Instant.ofEpochMilli(json.getLong("at")),
                answer(json),
                Fate.of(json.getString("fate")).orElseThrow(),
                next == null ? null : Instant.ofEpochMilli(next),
                json.getString("reason"));
    }

    private static @Nullable Answer answer(JsonObject json) {
        Long ms = json.getLong("ms");
        if (ms == null) {
            return null;
        }
        Duration took = Duration.ofMillis(ms);
        SentAgain again = again(json.getString("again"));
        Split split = Split.of(json.getString("in"));
        Integer status = json.getInteger("status");
        return status == null
                ? new Answer.Failure(kind(json.getString("error")), json.getString("detail"), took, again, split)
                : new Answer.Status(
                        status,
                        json.getString("retryAfter"),
                        json.getString("location"),
                        json.getString("body", ""),
                        took,
                        again,
                        json.getBoolean("cut", false),
                        split);
    }

    /** A pod of a later version may know more reasons, which are none to this one. */
    private static @Nullable SentAgain again(@Nullable String text) {
        return Stream.of(SentAgain.values())
                .filter(reason -> reason.text().equals(text))
                .findFirst()
                .orElse(null);
    }

    /** A pod of a later version may know more kinds. */
    private static Answer.Kind kind(String text) {
        return Stream.of(Answer.Kind.values())
                .filter(kind -> kind.name().equalsIgnoreCase(text))
                .findFirst()
                .orElse(Answer.Kind.INTERNAL);
    }
}
