package dev.sluice.time;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Many timers out of one: deadlines that are nearly always cancelled. Confined to the context of its {@link Timers}; not
 * thread-safe.
 *
 * <h2>How it works</h2>
 *
 * <p>A hashed timing wheel (Varghese and Lauck, 1987). Time is cut into ticks; an entry hangs in the list of slot
 * {@code tick mod slots}, so that scheduling and cancelling are a few pointer writes. One timer is set for the earliest
 * tick at which something may be due; it walks the slots from the tick that was reached to the one that is over then,
 * fires what is due, and is set again. An entry of a later round stays where it hangs and is looked at once a round. What
 * is cancelled leaves the timer as it is: it comes once in vain, and not at all while nothing waits.
 *
 * <p>An entry never fires early: its tick is rounded up. It fires up to one tick and the timer's own lateness after its
 * time. After a stall at most {@code firesPerTick} entries fire in one turn; the walk goes on from there at the next.
 *
 * <h2>Why not</h2>
 *
 * <p>Why not a timer of the event loop for each: that is a heap of scheduled tasks, O(log n) to add, and a cancelled one
 * costs a removal from the heap too; a delivery would pay for both and use neither. Why not a timer that ticks: the loop
 * of a pod that does nothing would wake fifty times a second.
 */
public final class Wheel {
    private static final int DEFAULT_SLOTS = 1024;
    private static final int DEFAULT_FIRES = 1000;
    private static final long MILLI = 1_000_000;

    private static final long NEVER = Long.MAX_VALUE;
    /** While it fires: the timer is set when that is over. */
    private static final long LATER = Long.MIN_VALUE;

    private final Timers timers;
    private final Ticker ticker;
    private final long tickNanos;
    private final long origin;
    private final int mask;
    private final int firesPerTick;

    // confined state
    private Timers.@Nullable Timer alarm;
    /** For which the alarm is set. */
    private long alarmTick = NEVER;

    private final @Nullable Entry[] slots;
    /** The last tick that was walked completely. */
    private long reached;

    /** Due and not yet fired; survives a turn that ended at its limit. */
    private @Nullable Entry ready;

    private int size;
    private boolean closed;

    public Wheel(Timers timers, Ticker ticker, Duration tick) {
        this(timers, ticker, tick, DEFAULT_SLOTS, DEFAULT_FIRES);
    }

    /** @param slots a power of two */
    Wheel(Timers timers, Ticker ticker, Duration tick, int slots, int firesPerTick) {
        if (Integer.bitCount(slots) != 1) {
            throw new IllegalArgumentException("slots: %d (expected: a power of two)".formatted(slots));
        }
        this.timers = timers;
        this.ticker = ticker;
        this.tickNanos = tick.toNanos();
        this.origin = ticker.nanos();
        this.slots = new Entry[slots];
        this.mask = slots - 1;
        this.firesPerTick = firesPerTick;
    }

    /** Runs the action once, unless it is cancelled before. The action must not throw. */
    public Timers.Timer after(long nanos, Runnable action) {
        long due = ticker.nanos() - origin + Math.max(0, nanos);
        Entry entry = new Entry(Math.max(reached + 1, (due + tickNanos - 1) / tickNanos), action);
        link(entry);
        size++;
        if (entry.tick < alarmTick) {
            wakeAt(entry.tick);
        }
        return entry;
    }

    /** Entries that wait. */
    public int size() {
        return size;
    }

    /** Nothing fires any more. */
    public void close() {
        silence();
        closed = true;
    }

    private void wakeAt(long tick) {
        if (closed) {
            return;
        }
        silence();
        alarmTick = tick;
        long nanos = Math.max(0, tick * tickNanos - (ticker.nanos() - origin));
        alarm = timers.after(Duration.ofMillis((nanos + MILLI - 1) / MILLI), this::turn);
    }

    private void silence() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }

    private void turn() {
        alarm = null;
        alarmTick = LATER;
        try {
            fireDue();
        } finally {
            goOn();
        }
    }

    private void fireDue() {
        long now = now();
        reached = Math.max(reached, now - slots.length);
        int left = firesPerTick;
        while (left > 0 && (ready != null || reached < now)) {
            if (ready == null) {
                collect(++reached, now);
            } else if (fire(ready)) {
                left--;
            }
        }
    }

    private void goOn() {
        alarmTick = NEVER;
        long now = now();
        if (ready != null || (size > 0 && reached < now)) {
            wakeAt(now + 1);
        } else if (size > 0) {
            wakeAt(earliest());
        }
    }

    /** At which an entry may be due; it may be of a later round. */
    private long earliest() {
        long tick = reached + 1;
        while (slots[(int) tick & mask] == null) {
            tick++;
        }
        return tick;
    }

    private long now() {
        return (ticker.nanos() - origin) / tickNanos;
    }

    /** Moves what is due from a slot to {@link #ready}; in no order. */
    private void collect(long tick, long now) {
        Entry entry = slots[(int) tick & mask];
        while (entry != null) {
            Entry next = entry.next;
            if (entry.tick <= now) {
                unlink(entry);
                entry.next = ready;
                ready = entry;
            }
            entry = next;
        }
    }

    private boolean fire(Entry first) {
        ready = first.next;
        first.next = null;
        Runnable action = first.action;
        if (action == null) {
            return false;
        }
        first.done();
        action.run();
        return true;
    }

    private void link(Entry entry) {
        int slot = (int) entry.tick & mask;
        Entry head = slots[slot];
        entry.next = head;
        if (head != null) {
            head.previous = entry;
        }
        slots[slot] = entry;
        entry.linked = true;
    }

    private void unlink(Entry entry) {
        Entry previous = entry.previous;
        Entry next = entry.next;
        if (previous == null) {
            slots[(int) entry.tick & mask] = next;
        } else {
            previous.next = next;
        }
        if (next != null) {
            next.previous = previous;
        }
        entry.previous = null;
        entry.next = null;
        entry.linked = false;
    }

    private final class Entry implements Timers.Timer {
        private final long tick;
        /** Null once it ran or was cancelled. */
        private @Nullable Runnable action;

        private @Nullable Entry previous;
        private @Nullable Entry next;
        /** Hangs in a slot. */
        private boolean linked;

        Entry(long tick, Runnable action) {
            this.tick = tick;
            this.action = action;
        }

        @Override
        public void cancel() {
            if (action != null) {
                done();
            }
            if (linked) {
                unlink(this);
            }
        }

        private void done() {
            action = null;
            size--;
        }
    }
}
