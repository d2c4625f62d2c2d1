package dev.sluice.bench.worker;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.BitSet;
import org.HdrHistogram.Histogram;

/**
 * What has arrived: the deliveries of one run each once, and what was repeated or unreadable in all runs until now.
 * Confined to the receiver's event loop.
 */
final class Tally {
    private static final long NONE = -1;

    private final Run run;
    private final BitSet seen = new BitSet();
    private final Histogram latency = Latency.recorder();
    private final int[] byTarget;
    private final long[] latest;
    private long unique;
    private long repeated;
    private long unreadable;
    private long disordered;
    private long firstMicros;
    private long lastMicros;

    /**
     * What is counted.
     *
     * @param number that the events carry
     * @param hooks how many webhooks get each event; each has a path that ends in its number
     * @param targets of the events, if they are counted apart; else 0
     * @param ordered whether the events of a target are to come in the order of their numbers
     */
    record Run(int number, int hooks, int targets, boolean ordered) {
        static final Run NONE = new Run(-1, 1, 0, false);

        static Run from(JsonObject json) {
            return new Run(
                    json.getInteger("run"),
                    json.getInteger("hooks"),
                    json.getInteger("targets"),
                    json.getBoolean("ordered"));
        }
    }

    private Tally(Run run, long repeated, long unreadable) {
        this.run = run;
        this.repeated = repeated;
        this.unreadable = unreadable;
        this.byTarget = new int[run.targets()];
        this.latest = new long[run.ordered() ? run.targets() : 0];
        Arrays.fill(latest, NONE);
    }

    /** Before the first run. */
    static Tally none() {
        return new Tally(Run.NONE, 0, 0);
    }

    Tally next(Run next) {
        return new Tally(next, repeated, unreadable);
    }

    void arrived(Stamp stamp, int hook, long nowMicros) {
        int delivery = (int) (stamp.sequence() * run.hooks() + hook);
        if (stamp.run() != run.number() || seen.get(delivery)) {
            // Every run is awaited to its end, so what arrives of a former one arrives a second time.
            repeated++;
            return;
        }
        seen.set(delivery);
        unique++;
        firstMicros = firstMicros == 0 ? nowMicros : firstMicros;
        lastMicros = nowMicros;
        Latency.record(latency, nowMicros - stamp.atMicros());
        count(stamp);
    }

    private void count(Stamp stamp) {
        int target = stamp.target();
        if (target >= byTarget.length) {
            return;
        }
        byTarget[target]++;
        if (run.ordered()) {
            if (stamp.sequence() < latest[target]) {
                disordered++;
            }
            latest[target] = Math.max(latest[target], stamp.sequence());
        }
    }

    void arrivedUnreadable() {
        unreadable++;
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("unique", unique)
                .put("repeated", repeated)
                .put("unreadable", unreadable)
                .put("disordered", disordered)
                .put("firstMicros", firstMicros)
                .put("lastMicros", lastMicros)
                .put("leastOfTarget", Arrays.stream(byTarget).min().orElse(0))
                .put("mostOfTarget", Arrays.stream(byTarget).max().orElse(0))
                .put("latency", Latency.of(latency).toJson());
    }
}
