package dev.sluice.admin.replay;

import dev.sluice.admin.web.Form;
import dev.sluice.replay.Replay.Order;
import dev.sluice.subscription.Webhook;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of the past a webhook shall get again. */
final class ReplayForm {
    private static final int MAX_PATTERNS = 200;
    private static final int MAX_WORD = 100;
    private static final String ALL = "all";
    private static final String FAILED = "failed";

    private ReplayForm() {}

    /**
     * An end that is missing lies in the future: {@link dev.sluice.replay.Replays#start} makes it now.
     *
     * @throws dev.sluice.http.ProblemException 400 {@code invalid-replay} with every problem
     */
    static Order read(JsonObject json, Webhook webhook, Instant now) {
        Form form = new Form(json);
        Instant since = form.instant("since");
        Instant until = form.instant("until");
        List<String> types = form.patterns("eventTypes", MAX_PATTERNS);
        String only = form.text("only", MAX_WORD);
        if (json.getValue("since") == null) {
            form.refuse("since", "missing (expected: RFC 3339, as 2026-11-21T09:14:04Z)");
        } else if (since != null && !since.isBefore(now)) {
            form.refuse("since", "%s (expected: before now)".formatted(since));
        } else if (since != null && until != null && !since.isBefore(until)) {
            form.refuse("until", "%s (expected: after since, %s)".formatted(until, since));
        }
        if (only != null && !only.equals(ALL) && !only.equals(FAILED)) {
            form.refuse("only", "%s (expected: all or failed)".formatted(only));
        }
        form.check("invalid-replay", "The replay is not valid");
        return new Order(
                webhook.id(),
                webhook.tenant(),
                later(since, Instant.EPOCH),
                until == null ? now.plus(Duration.ofDays(1)) : later(until, Instant.EPOCH),
                types,
                FAILED.equals(only));
    }

    static String only(Order order) {
        return order.deadOnly() ? FAILED : ALL;
    }

    private static Instant later(@Nullable Instant one, Instant other) {
        return one == null || one.isBefore(other) ? other : one;
    }
}
