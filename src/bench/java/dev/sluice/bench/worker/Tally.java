package dev.sluice.bench.worker;

import io.vertx.core.json.JsonObject;
import java.util.BitSet;
import org.HdrHistogram.Histogram;

/**
 * What has arrived: the events of one run each once, and what was repeated or unreadable in all runs until now. Confined
 * to the receiver's event loop.
 */
final class Tally {
    private final int run;
    private final BitSet seen = new BitSet();
    private final Histogram latency = Latency.recorder();
    private long unique;
    private long repeated;
    private long unreadable;
    private long lastMicros;

    private Tally(int run, long repeated, long unreadable) {
        this.run = run;
        this.repeated = repeated;
        this.unreadable = unreadable;
    }

    /** Before the first run. */
    static Tally none() {
        return new Tally(-1, 0, 0);
    }

    Tally next(int nextRun) {
        return new Tally(nextRun, repeated, unreadable);
    }

    void arrived(Stamp stamp, long nowMicros) {
        boolean again = stamp.run() != run || seen.get((int) stamp.sequence());
        if (again) {
            // Every run is awaited to its end, so what arrives of a former one arrives a second time.
            repeated++;
            return;
        }
        seen.set((int) stamp.sequence());
        unique++;
        lastMicros = nowMicros;
        Latency.record(latency, nowMicros - stamp.atMicros());
    }

    void arrivedUnreadable() {
        unreadable++;
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("unique", unique)
                .put("repeated", repeated)
                .put("unreadable", unreadable)
                .put("lastMicros", lastMicros)
                .put("latency", Latency.of(latency).toJson());
    }
}
