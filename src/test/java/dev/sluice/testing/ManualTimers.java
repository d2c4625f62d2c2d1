package dev.sluice.testing;

import dev.sluice.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Timers that fire, in order, when the test moves time, on the thread that moves it. Made from any thread. */
public final class ManualTimers implements Timers {
    private final List<Pending> pending = new ArrayList<>();
    private long now;

    @Override
    public synchronized Timer after(Duration delay, Runnable action) {
        return add(new Pending(now + delay.toNanos(), action, null));
    }

    @Override
    public synchronized Timer every(Duration period, Runnable action) {
        return add(new Pending(now + period.toNanos(), action, period));
    }

    public synchronized void advance(Duration span) {
        long end = now + span.toNanos();
        Optional<Pending> next = firstUntil(end);
        while (next.isPresent()) {
            fire(next.get());
            next = firstUntil(end);
        }
        now = end;
    }

    public synchronized int count() {
        return pending.size();
    }

    private Timer add(Pending timer) {
        pending.add(timer);
        return () -> cancel(timer);
    }

    private synchronized void cancel(Pending timer) {
        pending.remove(timer);
    }

    private Optional<Pending> firstUntil(long end) {
        return pending.stream().filter(timer -> timer.at <= end).min(Comparator.comparingLong(timer -> timer.at));
    }

    private void fire(Pending timer) {
        now = timer.at;
        if (timer.period == null) {
            pending.remove(timer);
        } else {
            timer.at += timer.period.toNanos();
        }
        timer.action.run();
    }

    private static final class Pending {
        private final Runnable action;
        private final Duration period;
        private long at;

        private Pending(long at, Runnable action, Duration period) {
            this.at = at;
            this.action = action;
            this.period = period;
        }
    }
}
