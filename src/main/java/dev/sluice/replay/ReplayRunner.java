package dev.sluice.replay;

import dev.sluice.delivery.Redelivery;
import dev.sluice.fault.Again;
import dev.sluice.fault.Faults;
import dev.sluice.journal.Past;
import dev.sluice.life.Life;
import dev.sluice.replay.Replays.Turn;
import dev.sluice.subscription.Registry;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Works on the replays that are due, some at a time. Confined to one event loop; not thread-safe. */
public final class ReplayRunner {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int MOST_AT_ONCE = 4;

    private final Ports ports;
    private final Limits limits;
    private final Timers timers;
    private final Again takes;

    // confined state
    private final Map<Run, Future<Void>> runs = new HashMap<>();
    private Future<?> looking = Future.succeededFuture();
    private Timers.@Nullable Timer looks;
    private boolean stopped;

    public record Ports(
            Replays replays,
            Past past,
            Redelivery redelivery,
            Registry registry,
            ReplayListener listener,
            Faults faults) {
        public Ports(Replays replays, Past past, Redelivery redelivery, Registry registry, ReplayListener listener) {
            this(replays, past, redelivery, registry, listener, Faults.UNCOUNTED);
        }
    }

    /**
     * @param lease      a pod that gave no sign of life for so long is taken for dead
     * @param rest       until a replay is looked at again whose webhook has too much parked
     * @param mostParked of a webhook, in deliveries: a replay waits until fewer are
     * @param mostBytes  of what is parked
     */
    public record Limits(Duration lease, Duration rest, long mostParked, long mostBytes) {
        private static final Duration LEASE = Life.PATIENCE;
        private static final Duration REST = Duration.ofSeconds(2);
        private static final long MOST_PARKED = 10_000;

        /** Far enough below what may be parked that live deliveries find room beside a replay. */
        public static Limits below(long maxCount, long maxBytes) {
            return new Limits(LEASE, REST, Math.min(MOST_PARKED, (maxCount + 1) / 2), (maxBytes + 1) / 2);
        }
    }

    public ReplayRunner(Ports ports, Limits limits, Timers timers) {
        this.ports = ports;
        this.limits = limits;
        this.timers = timers;
        this.takes = ports.faults().again("look for replays", timers);
    }

    public void start() {
        looks = timers.every(LOOK, this::look);
    }

    private void look() {
        if (!stopped && looking.isComplete() && runs.size() < MOST_AT_ONCE) {
            Future<Optional<Run>> taken = ports.replays().take(limits.lease()).compose(this::run);
            looking = takes.watch(taken).onSuccess(this::taken);
        }
    }

    /** Somebody takes it again where it comes to nothing. */
    private Future<Optional<Run>> run(Optional<Turn> found) {
        return found.isEmpty()
                ? Future.succeededFuture(Optional.empty())
                : ports.past().partitions().map(all -> found.map(turn -> new Run(turn, all, ports, limits, timers)));
    }

    private void taken(Optional<Run> found) {
        found.ifPresent(run -> {
            runs.put(run, run.ended());
            ports.listener().working(1);
            run.ended().onComplete(done -> {
                runs.remove(run);
                ports.listener().working(-1);
            });
            run.begin();
            if (stopped) {
                run.stop();
            }
        });
        if (found.isPresent()) {
            timers.after(Duration.ZERO, this::look); // there may be others
        }
    }

    /** Completes when the steps under way are done and others may take the replays. */
    public Future<Void> stop() {
        stopped = true;
        if (looks != null) {
            looks.cancel();
        }
        return looking.transform(done -> {
                    runs.keySet().forEach(Run::stop);
                    return Future.join(List.copyOf(runs.values()));
                })
                .mapEmpty();
    }
}
