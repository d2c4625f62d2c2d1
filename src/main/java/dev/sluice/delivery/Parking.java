package dev.sluice.delivery;

import dev.sluice.event.Event;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/**
 * Where deliveries wait: in Redis, for their next attempt, a free lane, a closed circuit or an enabled webhook. Each call
 * is one script. Futures fail with {@link dev.sluice.redis.RedisUnavailable} while Redis is away. Confined to one event
 * loop.
 */
public interface Parking {
    /** The webhook of a lane: its id and tenant. */
    record LaneKey(String webhookId, String tenant) {}

    /** What becomes of a delivery. Writing it again changes nothing. */
    sealed interface Outcome {
        Delivery delivery();

        /**
         * Wait for at least {@code delay}, counted by Redis from when it writes this.
         *
         * @param delivery as it shall be kept, with the attempt that was just made
         * @param found    how many attempts had been made when this pod got it
         */
        record Park(Delivery delivery, int found, Duration delay) implements Outcome {}

        /**
         * Wait where it waited before it was claimed: it was not tried.
         *
         * @param place as the claim told it
         */
        record Return(Delivery delivery, long place) implements Outcome {
            @Override
            public int found() {
                return delivery.attempts();
            }
        }

        /** Never try again unless asked. */
        record Bury(Delivery delivery, int found, String reason) implements Outcome {}

        /** Delivered or cancelled: forget the parked copy. */
        record Finish(Delivery delivery) implements Outcome {
            @Override
            public int found() {
                return delivery.attempts();
            }
        }

        int found();
    }

    /**
     * @param hold no parked delivery of the webhook is claimed by any pod before that long from now; zero: no such wish
     */
    Future<Void> write(LaneKey lane, List<Outcome> outcomes, Duration hold);

    /** Webhooks of a shard that have parked deliveries and whose lane may run now; nobody else gets them for a while. */
    Future<List<LaneKey>> wake(int shard, int limit);

    /**
     * The oldest due deliveries of a webhook, each leased to this pod.
     *
     * @param limit at most so many; fewer if they are large
     */
    Future<Claim> claim(LaneKey lane, int limit);

    /** @param more there are more that are due now */
    record Claim(List<Claimed> deliveries, boolean more) {}

    /** @param place when it was due, in Redis' milliseconds: where it waits among the others */
    record Claimed(String id, Event event, int attempts, String history, long place) {}

    /** Let no pod look at the webhook before that long from now. */
    Future<Void> rest(LaneKey lane, Duration delay);

    /** Still at work on these. */
    Future<Void> renew(LaneKey lane, List<String> deliveryIds);

    /** The webhook was enabled or changed: look at its parked deliveries again. */
    Future<Void> rouse(LaneKey lane);

    /** The webhook is disabled: what is parked stays, and costs a look now and then. */
    Future<Void> sleep(LaneKey lane);

    /** The webhook is deleted: what is parked is cancelled; dead letters stay. Answers how many were cancelled. */
    Future<Integer> purge(LaneKey lane);
}
