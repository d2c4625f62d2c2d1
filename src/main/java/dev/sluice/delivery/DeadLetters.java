package dev.sluice.delivery;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The dead letters of all webhooks. Futures fail with {@link dev.sluice.redis.trouble.RedisUnavailable} while Redis is away. */
public interface DeadLetters {
    /**
     * Letters of one webhook, or of all webhooks of the tenant, each newest first.
     *
     * @param cursor where an earlier page ended, or null for the first page
     * @param limit  at most so many letters
     * @return failed with {@link IllegalArgumentException} if the cursor is none of ours
     */
    Future<Page> list(Filter filter, @Nullable String cursor, int limit);

    Future<Optional<DeadLetter>> find(String id);

    /** Makes it due now, as if it had never been tried. Answers false if there is none. */
    Future<Boolean> retry(String id);

    /** Deletes it. Answers false if there is none. */
    Future<Boolean> purge(String id);

    /** Answers how many; letters that die meanwhile may or may not be among them. */
    Future<Integer> retry(Filter filter);

    /** Answers how many; letters that die meanwhile may or may not be among them. */
    Future<Integer> purge(Filter filter);

    /** @param cursor for the next page, or null if there is none */
    record Page(List<DeadLetter> letters, @Nullable String cursor) {}

    /**
     * @param tenant     letters of other tenants do not count, whatever the webhook
     * @param webhookId  null: of any webhook
     * @param since      died then or later; null: ever
     * @param until      died before then; null: until now
     * @param eventTypes patterns as of a webhook; empty: every type
     */
    record Filter(
            String tenant,
            @Nullable String webhookId,
            @Nullable Instant since,
            @Nullable Instant until,
            List<String> eventTypes) {}
}
