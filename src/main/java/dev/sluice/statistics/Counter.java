package dev.sluice.statistics;

import dev.sluice.delivery.Fate;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.fault.Again;
import dev.sluice.fault.Retries;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts for one event loop, and writes every five seconds what came; where that is of many webhooks, less often, up to once
 * a minute, so that Redis is not called more for it than for deliveries. Nothing waits for it, and nothing fails with it.
 * Confined to that loop.
 */
public final class Counter {
    static final Duration EVERY = Duration.ofSeconds(5);
    static final Duration SELDOM = Duration.ofMinutes(1);
    /** It writes of so many every five seconds. */
    static final int FEW = 64;
    /** Of so many webhooks it writes without waiting. */
    static final int ENOUGH = 4096;

    private final Statistics statistics;
    private final InstantSource clock;
    private final Timers timers;
    private final Again writes;

    // confined state
    private Map<LaneKey, Sums> webhooks = new HashMap<>();
    private Map<String, Sums> tenants = new HashMap<>();
    private Timers.@Nullable Timer due;
    /** By how many it wrote of last. */
    private Duration pause = EVERY;

    public Counter(Statistics statistics, InstantSource clock, Retries retries) {
        this.statistics = statistics;
        this.clock = clock;
        this.timers = retries.timers();
        this.writes = retries.again("write the statistics");
    }

    void attempted(LaneKey lane, int number, Answer answer, Fate fate, long acceptedMillis) {
        boolean isTimed = fate == Fate.DELIVERED && acceptedMillis >= 0;
        long age = isTimed ? Math.max(0, clock.millis() - acceptedMillis) : -1;
        of(lane).attempted(number, answer, fate, age);
        schedule();
    }

    void ended(LaneKey lane, Fate fate) {
        of(lane).ended(fate);
        schedule();
    }

    void accepted(String tenant) {
        tenants.computeIfAbsent(tenant, first -> new Sums()).add(Sums.ACCEPTED, 1);
        schedule();
    }

    private Sums of(LaneKey lane) {
        return webhooks.computeIfAbsent(lane, first -> new Sums());
    }

    private void schedule() {
        if (size() >= ENOUGH) {
            write();
        } else if (due == null) {
            due = timers.after(pause, this::write);
        }
    }

    private int size() {
        return webhooks.size() + tenants.size();
    }

    private void write() {
        flush();
    }

    private static Duration pauseAfter(int written) {
        Duration pause = EVERY.multipliedBy(Math.max(FEW, written)).dividedBy(FEW);
        return pause.compareTo(SELDOM) < 0 ? pause : SELDOM;
    }

    /** Writes what is there; completes also if that cannot be. */
    Future<Void> flush() {
        if (due != null) {
            due.cancel();
            due = null;
        }
        pause = pauseAfter(size());
        if (size() == 0) {
            return Future.succeededFuture();
        }
        Map<LaneKey, Sums> ofWebhooks = webhooks;
        Map<String, Sums> ofTenants = tenants;
        webhooks = new HashMap<>();
        tenants = new HashMap<>();
        return writes.watch(statistics.add(clock.instant(), ofWebhooks, ofTenants))
                .otherwiseEmpty();
    }
}
