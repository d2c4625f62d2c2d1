package dev.sluice.journal.redis.lease;

import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.StreamReads;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Waits for something to come to partitions that are held. It only says that there is something, which is then read under the
 * lease. Confined to one event loop.
 */
public final class News {
    private final RedisLink hints;
    private final RedisLink commands;
    private final StreamReads reads;
    private final Timers timers;
    private final Duration longest;

    // confined state
    /** What was waited for last did not come: while the leases are the same there is nothing to read. */
    private boolean quiet;

    private @Nullable Promise<Void> pausing;

    /**
     * @param hints    for reads that block; nothing else may be sent on it
     * @param longest  for which it waits
     * @param patience after which a part of the answers is waited for no more
     */
    public News(RedisLink hints, RedisLink commands, Lessee lessee, Duration longest, Duration patience) {
        this.hints = hints;
        this.commands = commands;
        this.longest = longest;
        this.timers = lessee.timers();
        this.reads = new StreamReads(hints, timers, lessee.ticker(), patience, none -> {});
    }

    public boolean isQuiet() {
        return quiet;
    }

    /** Whatever was waited for: what is held is read next. */
    public void look() {
        quiet = false;
    }

    /** Until something comes to a partition that is held; not at all while one of them is not caught up. */
    public Future<Void> await(List<Lease> held) {
        if (held.isEmpty() || !held.stream().allMatch(Lease::isCaughtUp)) {
            return Future.succeededFuture();
        }
        Map<String, String> streams = new LinkedHashMap<>();
        held.forEach(lease -> streams.put(Keys.events(lease.partition()), lease.position()));
        return reads.read(() -> Request.cmd(Command.XREAD).arg("COUNT").arg(1), streams, longest)
                .onComplete((found, failed) -> quiet = failed == null && found.isEmpty() && !reads.isOwed())
                .mapEmpty();
    }

    /** While no partition is held. */
    public Future<Void> pause() {
        Promise<Void> over = Promise.promise();
        timers.after(longest, over::tryComplete);
        pausing = over;
        return over.future();
    }

    /** There is another partition to read, or nothing any more. */
    public void cut() {
        reads.cut(commands);
        if (pausing != null) {
            pausing.tryComplete();
        }
    }

    public Future<Void> close() {
        return hints.close();
    }
}
