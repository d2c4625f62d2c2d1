package dev.sluice.delivery.history;

import dev.sluice.delivery.LaneKey;
import dev.sluice.event.Event;
import dev.sluice.subscription.Webhook;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries as people ask for them: those that wait or are dead from where they are kept, the others from the attempt
 * log, for as long as it holds them. Futures fail with {@link dev.sluice.redis.trouble.RedisUnavailable} while Redis is away. Any
 * thread.
 */
public interface Deliveries {
    /**
     * First what waits, soonest due first; then what is dead, then what ended, newest first. A delivery that changes while
     * one pages may be seen twice, or not at all.
     *
     * @param cursor where an earlier page ended, or null for the first page
     * @param limit  at most so many; fewer, also none, where few of many are asked for
     * @return failed with {@link IllegalArgumentException} if the cursor is none of ours
     */
    Future<Page> list(Query query, @Nullable String cursor, int limit);

    /** @param cursor for the next page, or null if there is none */
    record Page(List<KnownDelivery> deliveries, @Nullable String cursor) {}

    /**
     * @param lane  of a webhook of another tenant nothing is found
     * @param tried only those of which an attempt was made
     * @param since due, died or ended then or later; null: ever
     * @param until due, died or ended before then; null: until ever
     */
    record Query(
            LaneKey lane,
            Set<DeliveryState> states,
            boolean tried,
            @Nullable Instant since,
            @Nullable Instant until) {
        public Query {
            states = Set.copyOf(states);
        }
    }

    /** In the order of the ids; empty for those of which nothing is known. */
    Future<List<Optional<KnownDelivery>>> find(List<String> ids);

    /**
     * Makes what waits go now, whatever its circuit, its window or the endpoint's wish to be left alone say; its rate limit
     * and the order of its key hold. What a pod holds stays as it is: it may be under way.
     *
     * @return when it will be tried at the earliest; empty if it does not wait, or waits behind another
     */
    Future<Optional<Instant>> hurry(LaneKey lane, String id);

    /**
     * Parks a delivery to be tried now, whether there was one before or not; behind others of its key, if the webhook is
     * ordered. No effect while the same delivery waits or is dead.
     */
    Future<Void> send(Event event, Webhook webhook);
}
