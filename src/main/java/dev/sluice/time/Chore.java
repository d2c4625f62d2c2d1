package dev.sluice.time;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is done again and again as long as there is something to do it for, and costs nothing while there is not. Confined
 * to the context of its {@link Timers}.
 */
public final class Chore {
    /** Not before it is asked for. */
    public static final long REST = Long.MAX_VALUE;

    private final Timers timers;
    private final Duration period;
    private final LongSupplier work;

    // confined state
    private Timers.@Nullable Timer next;
    /** The next time is a period away at most. */
    private boolean soon;

    private boolean ended;

    /** @param work answers after how many nanoseconds it wants to be done again, at the earliest after a period, or {@link #REST} */
    public Chore(Timers timers, Duration period, LongSupplier work) {
        this.timers = timers;
        this.period = period;
        this.work = work;
    }

    /** There is something: it is done within a period. */
    public void ask() {
        if (!soon && !ended) {
            soon = true;
            after(period);
        }
    }

    public void end() {
        ended = true;
        cancel();
    }

    private void cancel() {
        if (next != null) {
            next.cancel();
            next = null;
        }
    }

    private void after(Duration pause) {
        cancel();
        next = timers.after(pause, this::turn);
    }

    private void turn() {
        next = null;
        soon = false;
        long pause = 0; // also after a bug
        try {
            pause = work.getAsLong();
        } finally {
            again(pause);
        }
    }

    private void again(long pause) {
        boolean isNear = pause <= period.toNanos();
        if (isNear) {
            ask();
        } else if (pause != REST && !soon && !ended) {
            after(Duration.ofNanos(pause));
        }
    }
}
