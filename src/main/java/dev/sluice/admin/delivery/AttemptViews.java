package dev.sluice.admin.delivery;

import dev.sluice.admin.web.JsonMembers;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.history.AttemptRecord;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.SentAgain;
import dev.sluice.delivery.policy.Split;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Attempts as users see them. Members without a value are absent. */
public final class AttemptViews {
    /** Two notes of one attempt are written within so long. */
    private static final Duration SAME = Duration.ofSeconds(1);

    private AttemptViews() {}

    /** A line of the history. */
    public static JsonObject view(AttemptRecord attempt) {
        JsonObject json = new JsonObject()
                .put("webhook", attempt.webhookId())
                .put("delivery", attempt.deliveryId())
                .put("event", Delivery.eventOf(attempt.deliveryId()));
        JsonMembers.putIfPresent(json, "type", attempt.type());
        return json.mergeIn(ofDelivery(attempt));
    }

    private static JsonObject ofDelivery(AttemptRecord attempt) {
        JsonObject json = new JsonObject();
        if (attempt.number() > 0) {
            json.put("number", attempt.number());
        }
        json.put("at", attempt.at().toString()).put("fate", attempt.fate().text());
        answer(json, attempt.answer());
        Instant next = attempt.nextAt();
        JsonMembers.putIfPresent(json, "nextAt", next == null ? null : next.toString());
        JsonMembers.putIfPresent(json, "reason", attempt.reason());
        return json;
    }

    /** What became of the latest attempt, in a word or two. */
    public static JsonObject brief(AttemptRecord attempt) {
        JsonObject json = new JsonObject().put("at", attempt.at().toString());
        if (attempt.answer() instanceof Answer.Status status) {
            json.put("status", status.code());
        } else if (attempt.answer() instanceof Answer.Failure failure) {
            json.put("error", word(failure));
        }
        return json;
    }

    private static void answer(JsonObject json, @Nullable Answer answer) {
        if (answer == null) {
            return;
        }
        json.put("durationMs", answer.took().toMillis());
        JsonMembers.putIfPresent(json, "timing", TimingViews.of(answer));
        SentAgain again = answer.sentAgain();
        JsonMembers.putIfPresent(json, "sentAgain", again == null ? null : again.text());
        if (answer instanceof Answer.Status status) {
            json.put("status", status.code());
            JsonMembers.putIfPresent(json, "retryAfter", status.retryAfter());
            JsonMembers.putIfPresent(json, "location", status.location());
            JsonMembers.putIfPresent(json, "body", status.excerpt().isEmpty() ? null : status.excerpt());
            JsonMembers.putIfPresent(json, "bodyCut", status.bodyCut() ? true : null);
        } else if (answer instanceof Answer.Failure failure) {
            json.put("error", word(failure)).put("detail", failure.detail());
        }
    }

    private static String word(Answer.Failure failure) {
        return failure.kind().name().toLowerCase(Locale.ROOT);
    }

    /**
     * What is known of the attempts of a delivery, oldest first: those of the log, and of its own history those that the
     * log does not hold.
     *
     * @param own failed attempts, one JSON object a line
     */
    static JsonArray history(List<AttemptRecord> logged, String own) {
        List<JsonObject> all =
                new ArrayList<>(logged.stream().map(AttemptViews::ofDelivery).toList());
        List<JsonObject> rest = new ArrayList<>(all);
        own(own).forEach(line -> {
            boolean isLogged = rest.stream()
                    .filter(one -> same(one, line))
                    .findFirst()
                    .map(rest::remove)
                    .orElse(false);
            if (!isLogged) {
                all.add(line);
            }
        });
        all.sort(Comparator.comparing(one -> Instant.parse(one.getString("at"))));
        return new JsonArray(all);
    }

    /** A line that a newer version wrote in another form says nothing here. */
    static List<JsonObject> own(String history) {
        List<JsonObject> attempts = new ArrayList<>();
        history.lines().filter(line -> !line.isBlank()).forEach(line -> {
            try {
                JsonObject attempt = new JsonObject(line);
                Instant.parse(attempt.getString("at"));
                attempts.add(timed(attempt));
            } catch (RuntimeException unreadable) {
                // the others are shown
            }
        });
        return attempts;
    }

    /** In place of its short form. */
    private static JsonObject timed(JsonObject attempt) {
        if (attempt.remove("in") instanceof String text) {
            Split split = Split.of(text);
            String error = attempt.getString("error");
            Split.Part failedIn = Stream.of(Answer.Kind.values())
                    .filter(kind -> kind.name().equalsIgnoreCase(error))
                    .findFirst()
                    .map(split::failedIn)
                    .orElse(null);
            JsonMembers.putIfPresent(attempt, "timing", TimingViews.of(split, failedIn));
        }
        return attempt;
    }

    private static boolean same(JsonObject one, JsonObject other) {
        Duration apart = Duration.between(Instant.parse(one.getString("at")), Instant.parse(other.getString("at")));
        return one.getInteger("number", 0).equals(other.getInteger("number"))
                && apart.abs().compareTo(SAME) <= 0;
    }
}
