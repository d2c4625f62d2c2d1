package dev.sluice.tail;

import dev.sluice.event.Event;
import dev.sluice.fault.Again;
import dev.sluice.fault.Retries;
import dev.sluice.time.Timers;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What this pod tells of. Any thread, but {@link #start}, which the context calls that owns the timers. */
public final class Tail {
    /** Lines that are told at once; more are left out, and counted. */
    static final int MOST = 500;

    static final Duration EVERY = Duration.ofMillis(250);
    static final Duration ASK_EVERY = Duration.ofSeconds(1);

    private final TailStore store;
    private volatile boolean wanted;

    // guarded by this
    private List<TailLine> lines = new ArrayList<>();
    private int missed;

    public Tail(TailStore store) {
        this.store = store;
    }

    public void start(Retries retries) {
        Timers timers = retries.timers();
        Again asks = retries.again("ask whether somebody looks at the tail");
        Again writes = retries.again("tell the tail");
        timers.every(ASK_EVERY, () -> asks.watch(store.isWanted()).onSuccess(now -> wanted = now));
        timers.every(EVERY, () -> flush(writes));
    }

    /** Whether somebody looks, here or at another pod. */
    public boolean isWanted() {
        return wanted;
    }

    /** Somebody looks here. */
    void look() {
        wanted = true;
    }

    TailStore store() {
        return store;
    }

    public synchronized void tell(TailLine line) {
        if (lines.size() < MOST) {
            lines.add(line);
        } else {
            missed++;
        }
    }

    private void flush(Again writes) {
        List<TailLine> told = take();
        if (!told.isEmpty()) {
            writes.watch(store.append(told));
        }
    }

    private synchronized List<TailLine> take() {
        List<TailLine> told = lines;
        if (missed > 0) {
            told.add(new TailLine(
                    TailLine.Kind.MISSED,
                    Event.DEFAULT_TENANT,
                    null,
                    null,
                    new JsonObject().put("lines", missed).encode()));
        }
        lines = new ArrayList<>();
        missed = 0;
        return told;
    }
}
