package dev.sluice.testing;

import dev.sluice.time.Timers;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** Timers that fire when their {@link ManualTicker} is moved through {@link #advance}, in the order of their times. */
public final class ManualTimers implements Timers {
    private final ManualTicker ticker;
    private final Queue<Scheduled> queue =
            new PriorityQueue<>(Comparator.comparing(Scheduled::due).thenComparing(Scheduled::number));
    private long number;

    public ManualTimers(ManualTicker ticker) {
        this.ticker = ticker;
    }

    /** How many are set and have not fired. */
    public int count() {
        return queue.size();
    }

    /** How many were set since it is there. */
    public int everSet() {
        return (int) number;
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        return schedule(new Scheduled(ticker.passed().plus(delay), number++, action));
    }

    @Override
    public Timer every(Duration period, Runnable action) {
        Timer[] current = new Timer[1];
        Runnable again = new Runnable() {
            @Override
            public void run() {
                current[0] = after(period, this);
                action.run();
            }
        };
        current[0] = after(period, again);
        return () -> current[0].cancel();
    }

    /** Moves the ticker and fires what comes due on the way, each at its own time, or at once where the ticker was moved past it. */
    public void advance(Duration span) {
        Duration end = ticker.passed().plus(span);
        for (Scheduled next = queue.peek(); next != null && next.due().compareTo(end) <= 0; next = queue.peek()) {
            queue.remove();
            Duration ahead = next.due().minus(ticker.passed());
            ticker.advance(ahead.isNegative() ? Duration.ZERO : ahead);
            next.action().run();
        }
        ticker.advance(end.minus(ticker.passed()));
    }

    /** How many wait. */
    public int size() {
        return queue.size();
    }

    private Timer schedule(Scheduled scheduled) {
        queue.add(scheduled);
        return () -> queue.remove(scheduled);
    }

    private record Scheduled(Duration due, long number, Runnable action) {}
}
