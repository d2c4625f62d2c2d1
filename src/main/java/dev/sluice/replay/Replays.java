package dev.sluice.replay;

import dev.sluice.replay.Replay.Order;
import dev.sluice.replay.Replay.State;
import dev.sluice.replay.Replay.Tally;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The replays of all webhooks, and who works on them. Futures fail with {@link dev.sluice.redis.trouble.RedisUnavailable} while
 * Redis is away. Any thread.
 */
public interface Replays {
    /** Of a webhook, the latest: older ones are forgotten. */
    int KEPT = 20;

    Duration RETENTION = Duration.ofDays(7);

    /** Starts one unless one of the webhook runs; an end in the future becomes now, by Redis' clock. */
    Future<Started> start(Order order);

    /** @param isNew false: this one runs already, and what was asked for was not started */
    record Started(Replay replay, boolean isNew) {}

    /** Newest first. */
    Future<List<Replay>> list(String webhookId);

    Future<Optional<Replay>> find(String webhookId, String id);

    /** Answers false if it does not run, or there is none. Whoever works on it notices at its next {@link #save}. */
    Future<Boolean> cancel(String webhookId, String id, String detail);

    /**
     * The one that is due longest, of those that run. Nobody else gets it for so long.
     *
     * @param lease is put off by {@link #save}
     */
    Future<Optional<Turn>> take(Duration lease);

    /** @param fence of this lease; what is written under an older one has no effect */
    record Turn(Replay replay, long fence) {}

    /**
     * Says how far it is.
     *
     * @param again nobody takes it before that long from now
     * @return false if it was cancelled, or somebody else has it by now
     */
    Future<Boolean> save(Turn turn, Tally tally, String detail, Duration again);

    /** @return false as {@link #save} */
    Future<Boolean> end(Turn turn, State state, Tally tally, String detail);
}
