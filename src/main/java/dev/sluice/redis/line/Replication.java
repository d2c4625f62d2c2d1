package dev.sluice.redis.line;

import dev.sluice.redis.trouble.RedisUnavailable;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Tells when replicas have what was written on one connection. One question at a time, about all that was written before; it is
 * asked for a short while only, as nothing else is done on the connection meanwhile, and again after a pause. Confined to the
 * context of the link.
 *
 * <p>Why not ask until it is so: while a replica is away, all that belongs to its master would wait.
 */
public final class Replication {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private static final String LOST =
            "the connection was lost, or the slot moved, before replicas had what was written";

    private final WatchedConnection line;
    private final Pipeline live;
    private final int wanted;
    private final Timers timers;

    // confined state
    private List<Wait> waiting = new ArrayList<>();
    /** Written before the question that is out. */
    private List<Wait> asked = new ArrayList<>();

    private boolean out;
    private Duration pause = SHORTEST;

    /** Somebody who waits. */
    private record Wait(int slot, Promise<Void> promise) {}

    /** @param live another connection would know nothing of what was written on this one */
    public Replication(WatchedConnection line, Pipeline live, int wanted, Timers timers) {
        this.line = line;
        this.live = live;
        this.wanted = wanted;
        this.timers = timers;
    }

    public boolean isOf(Pipeline connection) {
        return live == connection;
    }

    /** The slot, as it was written by now. Fails as soon as that is not known any more. */
    public Future<Void> ask(int slot) {
        Promise<Void> promise = Promise.promise();
        waiting.add(new Wait(slot, promise));
        if (!out) {
            question();
        }
        return promise.future();
    }

    private void question() {
        if (line.live() != live) {
            end();
            return;
        }
        asked.addAll(waiting);
        waiting = new ArrayList<>();
        out = !asked.isEmpty();
        if (out) {
            line.run(now -> now.send(Request.cmd(Command.WAIT).arg(wanted).arg(SHORTEST.toMillis())))
                    .onSuccess(reached -> answered(reached.toInteger()))
                    .onFailure(cause -> end());
        }
    }

    /** The connection is lost: nobody knows. */
    public void end() {
        out = false;
        fail(slot -> true);
    }

    private void answered(int reached) {
        if (reached < wanted) {
            timers.after(pause, this::question);
            Duration longer = pause.multipliedBy(2);
            pause = longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
            return;
        }
        pause = SHORTEST;
        List<Wait> kept = asked;
        asked = new ArrayList<>();
        kept.forEach(one -> one.promise().complete());
        question();
    }

    public void fail(IntPredicate which) {
        List<Wait> all = new ArrayList<>(asked);
        all.addAll(waiting);
        asked.removeIf(one -> which.test(one.slot()));
        waiting.removeIf(one -> which.test(one.slot()));
        all.stream()
                .filter(one -> which.test(one.slot()))
                .forEach(one -> one.promise().fail(new RedisUnavailable(LOST)));
    }
}
