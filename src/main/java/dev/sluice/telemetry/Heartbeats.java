package dev.sluice.telemetry;

import dev.sluice.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether every event loop turns: each leaves a sign of life, on itself, and whoever asks looks at all of them. Any
 * thread.
 */
public final class Heartbeats {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);

    /** Between two signs of life of a loop. */
    static final Duration PERIOD = Duration.ofMillis(500);

    /** Longer than a full collection of a usual heap takes, and shorter than anybody waits for a gateway. */
    static final Duration OLD = Duration.ofSeconds(5);

    private final Ticker ticker;
    /** Of each loop, when it gave its last sign of life. */
    private final AtomicLongArray beats;
    /** Of each loop, 1 while it is known to hang: who changes it tells the log. */
    private final AtomicIntegerArray hanging;

    private volatile Consumer<Duration> lag = nobody -> {};

    public Heartbeats(int loops, Ticker ticker) {
        this.ticker = ticker;
        this.beats = new AtomicLongArray(loops);
        this.hanging = new AtomicIntegerArray(loops);
        long now = ticker.nanos();
        IntStream.range(0, loops).forEach(loop -> beats.set(loop, now));
    }

    /** By how much each sign of life was late. */
    void tellLag(Consumer<Duration> listener) {
        lag = listener;
    }

    /** To be called on the loop. It looks after the others, too, unless it was away itself and cannot tell. */
    void beat(int loop) {
        long now = ticker.nanos();
        long pause = now - beats.getAndSet(loop, now);
        lag.accept(Duration.ofNanos(Math.max(0, pause - PERIOD.toNanos())));
        boolean wasAway = pause > OLD.toNanos();
        if (hanging.getAndSet(loop, 0) == 1 || wasAway) {
            LOG.atWarn()
                    .addKeyValue("loop", loop)
                    .addKeyValue("after", Duration.ofNanos(pause))
                    .log("an event loop turns again");
        }
        if (!wasAway) {
            late();
        }
    }

    /** How many loops hang; says so of each, once. */
    int late() {
        long now = ticker.nanos();
        int late = 0;
        for (int loop = 0; loop < beats.length(); loop++) {
            long pause = now - beats.get(loop);
            if (pause > OLD.toNanos()) {
                late++;
                if (hanging.compareAndSet(loop, 0, 1)) {
                    LOG.atError()
                            .addKeyValue("loop", loop)
                            .addKeyValue("for", Duration.ofNanos(pause))
                            .log("an event loop hangs");
                }
            }
        }
        return late;
    }
}
