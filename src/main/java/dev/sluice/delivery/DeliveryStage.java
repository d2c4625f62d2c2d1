package dev.sluice.delivery;

import dev.sluice.bus.Channel;
import dev.sluice.config.CircuitConfig;
import dev.sluice.config.DeliveryConfig;
import dev.sluice.delivery.policy.Circuit;
import dev.sluice.delivery.policy.CircuitListener;
import dev.sluice.delivery.policy.RetryRule;
import dev.sluice.delivery.policy.RetrySchedule;
import dev.sluice.delivery.send.Sender;
import dev.sluice.event.Settled;
import dev.sluice.subscription.Homes;
import dev.sluice.subscription.Matches;
import dev.sluice.subscription.Registry;
import dev.sluice.subscription.WebhookChanged;
import dev.sluice.time.Jitter;
import dev.sluice.time.Ticker;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Everything of one event loop that delivers, put together. Confined to that loop. */
public final class DeliveryStage {
    private static final Duration TICK = Duration.ofMillis(250);

    private final Settlements settlements;
    private final Lanes lanes;
    private final Waker waker;
    private final Homes homes;
    private final int loop;
    private final Timers timers;
    private final DeliveryConfig config;
    private final List<Timers.Timer> chores = new ArrayList<>();

    /**
     * What the stage works with.
     *
     * @param pool deliveries that the lanes of this loop may hold: the credit of the fan-outs
     */
    public record Ports(
            Sender sender, Parking parking, Registry registry, List<Channel<Settled>> fanouts, Homes homes, int pool) {}

    public record Clock(Ticker ticker, InstantSource instants, Timers timers, Jitter jitter, EndOfTurn endOfTurn) {}

    public DeliveryStage(int loop, Ports ports, DeliveryConfig config, Clock clock, DeliveryListener listener) {
        this.loop = loop;
        this.homes = ports.homes();
        this.timers = clock.timers();
        this.config = config;
        this.settlements = new Settlements(ports.fanouts(), clock.endOfTurn());
        Ledger ledger = new Ledger(ports.parking(), clock.endOfTurn(), timers, this::written);
        RetryRule rule = new RetryRule(config.maxRetryAfter());
        RetrySchedule schedule = new RetrySchedule(config.retryDelays(), config.retryJitter());
        Verdicts verdicts = new Verdicts(rule, schedule, ports.registry(), clock.instants(), clock.jitter());
        CircuitConfig circuit = config.circuit();
        Lanes.Setup setup = new Lanes.Setup(
                new Share(ports.pool(), config.laneCapacity()),
                limit -> new Circuit(circuit, limit, CircuitListener.NONE),
                clock.ticker());
        this.lanes = new Lanes(ports.sender(), verdicts, ledger, settlements, setup, listener);
        this.waker = new Waker(
                ports.parking(),
                lanes,
                ports.registry(),
                shards(),
                config.parking().claimBatch());
    }

    private List<Integer> shards() {
        return IntStream.range(0, homes.shards())
                .filter(shard -> homes.loopOfShard(shard) == loop)
                .boxed()
                .toList();
    }

    private void written(Delivery delivery) {
        settlements.settled(delivery);
        lanes.endDrain();
    }

    void start() {
        chores.add(timers.every(TICK, lanes::tick));
        chores.add(timers.every(config.parking().poll(), waker::look));
        chores.add(timers.every(config.parking().lease().dividedBy(3), waker::renew));
    }

    void place(Matches matches) {
        lanes.place(matches);
    }

    void changed(WebhookChanged change) {
        if (homes.loopOf(change.id()) == loop) {
            lanes.changed(change);
            waker.changed(change);
        }
    }

    /** Completes when no attempt is under way and Redis has all that happened. */
    Future<Void> drain() {
        return lanes.drain(waker.stop()).onComplete(done -> chores.forEach(Timers.Timer::cancel));
    }
}
