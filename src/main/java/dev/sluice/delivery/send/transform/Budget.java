package dev.sluice.delivery.send.transform;

import com.sun.management.ThreadMXBean;
import dev.sluice.config.TransformConfig;
import dev.sluice.time.Ticker;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/**
 * What one evaluation may take: time, depth, and memory allocated by its thread. Used by one thread at a time.
 *
 * <p>Memory is what the thread allocates, garbage included: what an evaluation holds on to can be no more.
 */
final class Budget {
    private static final long MOST_ALLOCATED = 256L << 20;
    /** Reading the counter of allocated bytes costs more than reading the clock. */
    private static final int CHECKS_PER_COUNT = 16;

    /** Null where the JVM does not count. */
    private static final @Nullable ThreadMXBean COUNTER = counter();

    private final Ticker ticker;
    private final long nanos;
    private final int mostDepth;

    private long startedAt;
    private long allocatedAtStart;
    private int depth;
    private int checks;

    Budget(Ticker ticker, TransformConfig config) {
        this.ticker = ticker;
        this.nanos = config.timeout().toNanos();
        this.mostDepth = config.maxDepth();
    }

    private static @Nullable ThreadMXBean counter() {
        return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean counter
                        && counter.isThreadAllocatedMemorySupported()
                        && counter.isThreadAllocatedMemoryEnabled()
                ? counter
                : null;
    }

    /** On the thread that is going to evaluate. */
    void start() {
        startedAt = ticker.nanos();
        allocatedAtStart = allocated();
        depth = 0;
        checks = 0;
    }

    void enter() {
        if (++depth > mostDepth) {
            throw new Refusal(
                    "nested more than %d deep (delivery.transform.maxDepth): is there a recursion without end?",
                    mostDepth);
        }
        check();
    }

    void leave() {
        depth--;
    }

    /** @throws Refusal if it is spent */
    void check() {
        if (ticker.nanos() - startedAt > nanos) {
            throw new Refusal("not done within %d ms (delivery.transform.timeout)", nanos / 1_000_000);
        }
        if (++checks % CHECKS_PER_COUNT == 0 && allocated() - allocatedAtStart > MOST_ALLOCATED) {
            throw new Refusal("takes more than %d MiB of memory", MOST_ALLOCATED >> 20);
        }
    }

    private static long allocated() {
        return COUNTER == null ? 0 : COUNTER.getCurrentThreadAllocatedBytes();
    }
}
