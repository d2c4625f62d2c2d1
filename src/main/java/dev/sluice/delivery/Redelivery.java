package dev.sluice.delivery;

import dev.sluice.event.Event;
import dev.sluice.subscription.Webhook;
import io.vertx.core.Future;
import java.util.List;

/**
 * Puts deliveries of past events where deliveries wait, one step of a replay after the other. Futures fail with {@link
 * dev.sluice.redis.trouble.RedisUnavailable} while Redis is away. Confined to one event loop.
 */
public interface Redelivery {
    Future<Reached> reached(LaneKey lane, String replay);

    /**
     * Parks what the step found and moves the replay on, both or neither: only if the replay is where the step begins. So
     * a step that is repeated, or made by two at once, is made once. A delivery that waits already stays as it is; one
     * that is dead is due again.
     *
     * @return how far the replay is now: where the step ends, unless another went elsewhere
     */
    Future<Reached> make(Webhook webhook, Step step);

    /**
     * @param from     a position as {@link Reached} told it
     * @param to       any text but the empty one
     * @param read     how many events were looked at
     * @param events   those among them that the webhook shall get, in their order
     * @param deadOnly only those whose delivery is a dead letter
     */
    record Step(String replay, String from, String to, int read, List<Event> events, boolean deadOnly) {}

    /**
     * @param position empty: no step was made
     * @param read     how many events all steps looked at
     * @param matched  how many of them the webhook was to get
     * @param queued   how many of their deliveries began to wait: not what waited already or was coalesced
     * @param parked   how many deliveries of the webhook wait now
     * @param bytes    as of {@link Parking.Backlog}
     */
    record Reached(String position, long read, long matched, long queued, long parked, long bytes) {}
}
