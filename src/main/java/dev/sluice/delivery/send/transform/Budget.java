package dev.sluice.delivery.send.transform;

import com.sun.management.ThreadMXBean;
import dev.sluice.config.TransformConfig;
import dev.sluice.memory.Quota;
import dev.sluice.time.Ticker;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/**
 * What one evaluation may take: time, depth, and memory allocated by its thread. Used by one thread at a time.
 *
 * <p>Time is the clock's, or what was charged, whichever is more. Work that cannot be interrupted is charged before it is
 * done, with about the nanoseconds that it takes: so an evaluation ends on a clock that stands still, and what is begun has
 * a bound.
 *
 * <p>Memory is what the thread allocates, garbage included: what an evaluation holds on to can be no more. What the library
 * is going to allocate in one go is added before it does. What is more than a little comes out of a pot of the whole pod.
 */
final class Budget {
    /** Of the heap, of which there is one: what all evaluations of the pod may take together, beside a little each. */
    private static final long ALL = Runtime.getRuntime().maxMemory() / 4;

    static final Quota POT = new Quota(ALL);
    private static final long LITTLE = 4L << 20;

    private static final long MOST_ALLOCATED = Math.min(256L << 20, ALL);
    /** Reading the counter of allocated bytes costs more than reading the clock. */
    private static final int CHECKS_PER_COUNT = 16;

    private static final long NANOS_PER_PART = 100;

    /** Null where the JVM does not count. */
    private static final @Nullable ThreadMXBean COUNTER = counter();

    private final Ticker ticker;
    private final long nanos;
    private final int mostDepth;

    private long startedAt;
    private long charged;
    private long allocatedAtStart;
    private long promised;
    private long taken = LITTLE;
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
        charged = 0;
        promised = 0;
        taken = LITTLE;
        depth = 0;
        checks = 0;
    }

    int mostDepth() {
        return mostDepth;
    }

    /** The depth of what is entered. */
    int enter() {
        if (++depth > mostDepth) {
            throw new Refusal(
                    "nested more than %d deep (delivery.transform.maxDepth): is there a recursion without end?",
                    mostDepth);
        }
        charge(NANOS_PER_PART);
        check();
        return depth;
    }

    /** The depth of what is left. */
    int leave() {
        return depth--;
    }

    /** @throws Refusal if it is spent */
    void check() {
        if (ticker.nanos() - startedAt > nanos) {
            throw tooLong();
        }
        if (++checks % CHECKS_PER_COUNT == 0) {
            checkMemory();
        }
    }

    /**
     * Before work that is not interrupted.
     *
     * @param work in nanoseconds, about
     * @throws Refusal if there is not so much left
     */
    void charge(long work) {
        charged += Math.min(work, nanos + 1);
        if (charged > nanos) {
            throw tooLong();
        }
    }

    /**
     * Before so much is allocated at once.
     *
     * @throws Refusal if there is not so much left
     */
    void promise(long bytes) {
        promised += Math.min(bytes, MOST_ALLOCATED);
        checkMemory();
    }

    private void checkMemory() {
        long needed = allocated() - allocatedAtStart + promised;
        if (needed > MOST_ALLOCATED) {
            throw new Refusal("takes more than %d MiB of memory", MOST_ALLOCATED >> 20);
        }
        if (needed > taken) {
            long more = (needed - taken) / LITTLE * LITTLE + LITTLE;
            if (!POT.take(more)) {
                throw new Refusal(
                        "other transformations have the %d MiB of memory that there are for all; later it may work",
                        ALL >> 20);
            }
            taken += more;
        }
    }

    /** When the evaluation ended. */
    void end() {
        POT.giveBack(taken - LITTLE);
        taken = LITTLE;
    }

    private Refusal tooLong() {
        return new Refusal("not done within %d ms (delivery.transform.timeout)", nanos / 1_000_000);
    }

    private static long allocated() {
        return COUNTER == null ? 0 : COUNTER.getCurrentThreadAllocatedBytes();
    }
}
