package dev.sluice.delivery.stage;

import dev.sluice.bus.Channel;
import dev.sluice.config.DeliveryConfig;
import dev.sluice.delivery.DeliveryListener;
import dev.sluice.delivery.FailingWebhook;
import dev.sluice.delivery.History;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.Outcome;
import dev.sluice.delivery.Parking;
import dev.sluice.delivery.Parking.Written;
import dev.sluice.delivery.RateLimits;
import dev.sluice.delivery.Recording;
import dev.sluice.delivery.Tenure;
import dev.sluice.delivery.policy.Circuit;
import dev.sluice.delivery.policy.RetryRule;
import dev.sluice.delivery.policy.RetrySchedule;
import dev.sluice.delivery.send.Sender;
import dev.sluice.delivery.share.Pots;
import dev.sluice.event.Append;
import dev.sluice.event.Appended;
import dev.sluice.event.Settled;
import dev.sluice.fault.Faults;
import dev.sluice.fault.Retries;
import dev.sluice.life.Life;
import dev.sluice.subscription.Homes;
import dev.sluice.subscription.Matches;
import dev.sluice.subscription.Registry;
import dev.sluice.subscription.WebhookChanged;
import dev.sluice.time.Chore;
import dev.sluice.time.Jitter;
import dev.sluice.time.Ticker;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Everything of one event loop that delivers, put together. Confined to that loop. */
public final class DeliveryStage {
    private static final Duration TICK = Duration.ofMillis(250);

    private final History history;
    private final Verdicts verdicts;
    private final Exits exits;
    private final Lanes lanes;
    private final Waker waker;
    private final Homes homes;
    private final int loop;
    private final Timers timers;
    private final Retries retries;
    private final DeliveryConfig config;
    private final Chore ticks;
    private final List<Timers.Timer> chores = new ArrayList<>();

    /**
     * What the stage works with.
     *
     * @param tenure     asked before each attempt that others may be at once its epoch is over
     * @param journal    takes events about deliveries
     * @param pots       what the lanes of all loops may hold
     * @param writes     bytes on their way to Redis at once
     */
    public record Ports(
            Sender sender,
            Parking parking,
            RateLimits rates,
            Recording recording,
            Registry registry,
            List<Channel<Settled>> fanouts,
            Tenure tenure,
            Function<Append, Future<Appended>> journal,
            Homes homes,
            Pots pots,
            long writes) {}

    public record Clock(
            Ticker ticker, InstantSource instants, Timers timers, Jitter jitter, EndOfTurn endOfTurn, Faults faults) {
        public Clock(Ticker ticker, InstantSource instants, Timers timers, Jitter jitter, EndOfTurn endOfTurn) {
            this(ticker, instants, timers, jitter, endOfTurn, Faults.UNCOUNTED);
        }
    }

    public DeliveryStage(int loop, Ports ports, DeliveryConfig config, Clock clock, DeliveryListener listener) {
        this.loop = loop;
        this.homes = ports.homes();
        this.timers = clock.timers();
        this.retries = new Retries(clock.faults(), timers);
        this.config = config;
        Ledger ledger = new Ledger(
                ports.parking(),
                ports.writes(),
                clock.endOfTurn(),
                retries,
                written(),
                delivery -> delivery.isLost(ports.tenure()));
        Settlements settlements = new Settlements(ports.fanouts(), clock.endOfTurn());
        this.history = ports.recording().open(this::failing);
        this.verdicts = verdicts(ports, clock, history);
        this.exits = new Exits(verdicts, ledger, settlements, history, clock.ticker(), listener);
        Seats.Makers makers = new Seats.Makers(
                (limit, hears) -> new Circuit(config.circuit(), limit, hears),
                ports.pots(),
                config.transform().maxOutputBytes(),
                ports.tenure(),
                config.parking().lease().toNanos());
        Seats seats = new Seats(makers, clock.ticker(), clock.jitter(), history, listener, this::tickSoon);
        Questions.Ports asked = new Questions.Ports(ports.rates(), ports.parking(), ledger, retries);
        this.lanes = new Lanes(ports.sender(), seats, exits, asked, clock.ticker(), listener);
        this.ticks = new Chore(timers, TICK, lanes::tick);
        Appetites appetites =
                new Appetites(seats, clock.ticker(), config.parking().claimBatch());
        this.waker = new Waker(ports.parking(), lanes, appetites, ports.registry(), shards(), retries);
    }

    private void tickSoon() {
        ticks.ask();
    }

    private void failing(FailingWebhook webhook) {
        verdicts.disable(webhook.lane(), "every attempt since %s was refused or failed".formatted(webhook.since()));
    }

    private Verdicts verdicts(Ports ports, Clock clock, History history) {
        RetryRule rule = new RetryRule(config.maxRetryAfter());
        RetrySchedule schedule = new RetrySchedule(config.retryDelays(), config.retryJitter());
        Operations operations = new Operations(ports.journal(), clock.instants(), retries);
        return new Verdicts(rule, schedule, ports.registry(), clock.instants(), clock.jitter(), operations, history);
    }

    private List<Integer> shards() {
        return IntStream.range(0, homes.shards())
                .filter(shard -> homes.loopOfShard(shard) == loop)
                .boxed()
                .toList();
    }

    private Ledger.Listener written() {
        return new Ledger.Listener() {
            @Override
            public void written(LaneKey lane, Written written) {
                exits.written(lane, written);
                if (written.more()) {
                    waker.due(lane);
                }
            }

            @Override
            public void kept(List<Outcome> outcomes) {
                exits.kept(outcomes);
                lanes.endDrain();
            }
        };
    }

    void start() {
        chores.add(timers.every(config.parking().poll(), waker::look));
        chores.add(timers.every(config.parking().lease().dividedBy(3), waker::renew));
        chores.add(timers.every(Life.BEAT, waker::inherit));
    }

    void place(Matches matches) {
        lanes.place(matches);
    }

    void changed(WebhookChanged change) {
        if (homes.loopOf(change.id()) == loop) {
            WebhookChanged told = lanes.changed(change) ? change.asMoved() : change;
            if (told.moved()) {
                history.startOver(new LaneKey(change.id(), change.tenant()));
            }
            waker.changed(told);
        }
    }

    /** Completes when no attempt is under way and Redis has all that happened. */
    Future<Void> drain() {
        return lanes.drain(waker.stop()).eventually(history::drain).onComplete(done -> {
            ticks.end();
            chores.forEach(Timers.Timer::cancel);
        });
    }
}
