package dev.sluice.sim;

import dev.sluice.bus.Bus;
import dev.sluice.bus.Channel;
import dev.sluice.bus.Home;
import dev.sluice.config.JournalConfig;
import dev.sluice.delivery.Tenure;
import dev.sluice.delivery.history.HistoryListener;
import dev.sluice.delivery.history.Recorder;
import dev.sluice.delivery.history.redis.RedisAttemptLog;
import dev.sluice.delivery.policy.TokenBucket;
import dev.sluice.delivery.redis.RedisParking;
import dev.sluice.delivery.redis.RedisRateLimits;
import dev.sluice.delivery.share.Pots;
import dev.sluice.delivery.share.Share;
import dev.sluice.delivery.stage.DeliveryStage;
import dev.sluice.delivery.stage.DeliveryVerticle;
import dev.sluice.event.Append;
import dev.sluice.event.Appended;
import dev.sluice.event.Settled;
import dev.sluice.fanout.Fanout;
import dev.sluice.fanout.FanoutVerticle;
import dev.sluice.fanout.Outbox;
import dev.sluice.fault.Faults;
import dev.sluice.fault.Retries;
import dev.sluice.journal.JournalListener;
import dev.sluice.journal.JournalReader;
import dev.sluice.journal.redis.Installation;
import dev.sluice.journal.redis.KeyedJournalReader;
import dev.sluice.journal.redis.PartitionCount;
import dev.sluice.journal.redis.RedisJournal;
import dev.sluice.journal.redis.RedisJournalReader;
import dev.sluice.journal.redis.RedisPartitioning;
import dev.sluice.journal.redis.Retention;
import dev.sluice.journal.redis.lease.Lessee;
import dev.sluice.life.Beats;
import dev.sluice.life.Epochs;
import dev.sluice.life.Life;
import dev.sluice.life.redis.RedisRoll;
import dev.sluice.memory.Quota;
import dev.sluice.redis.RedisLink;
import dev.sluice.secrets.SecretBox;
import dev.sluice.subscription.Homes;
import dev.sluice.subscription.Matches;
import dev.sluice.subscription.WebhookChanged;
import dev.sluice.subscription.form.WebhookCodec;
import dev.sluice.subscription.redis.RedisRegistry;
import dev.sluice.time.Ticker;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * One process: what {@code boot} makes of a pod with one event loop, below the verticles, of the real classes. Links, timers, the
 * clocks and chance are the simulation's.
 */
final class SimPod {
    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(5);
    private static final Homes HOMES = new Homes(SimConfig.SHARDS, 1);
    private static final SecretBox BOX = SecretBox.fromKey("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");

    private final World world;
    final String name;
    final SimLoop loop;
    final SimTally tally = new SimTally();
    final Pots pots = pots();
    private final InstantSource clock;
    private final Ticker ticker;
    private final Channel<Matches> lanes;
    private final List<Channel<Settled>> fanouts;
    private final Channel<WebhookChanged> changes;
    private final Epochs epochs;
    private final Life life;
    private Beats beats;
    RedisRegistry registry;
    private RedisJournal journal;
    private FanoutVerticle fanout;
    private DeliveryVerticle delivery;
    private boolean ready;

    /** @param skewMillis by which its clock is wrong */
    SimPod(World world, String name, long skewMillis) {
        this.world = world;
        this.name = name;
        this.loop = new SimLoop(world.scheduler);
        this.clock = () ->
                Instant.ofEpochMilli(SimServer.EPOCH_MICROS / 1000 + world.scheduler.now() / Times.MILLI + skewMillis);
        this.ticker = world.scheduler::now;
        Bus bus = new Bus(loop.vertx);
        this.lanes = bus.channel("delivery.place.0");
        this.fanouts = List.of(bus.channel("fanout.settled.0"), bus.channel("fanout.settled.1"));
        this.changes = bus.channel("webhook.changed");
        this.epochs = new Epochs(ticker);
        this.life = new Life(name, epochs);
        loop.run(this::start);
    }

    private static Pots pots() {
        Share free = new Share(
                SimConfig.FANOUT.unordered().window(),
                64,
                SimConfig.FANOUT.unordered().windowBytes());
        Share keyed = new Share(
                SimConfig.FANOUT.ordered().window(),
                64,
                SimConfig.FANOUT.ordered().windowBytes());
        return new Pots(List.of(free, keyed), new Share(SimConfig.FANOUT.window(), 64, 4 << 20), new Quota(4 << 20));
    }

    boolean isReady() {
        return ready && !loop.isDead();
    }

    private RedisLink open(String purpose, Duration patience) {
        SimLines lines =
                new SimLines(world.scheduler, world.server, loop, name + " " + purpose, patience, world::latency);
        RedisLink link =
                RedisLink.over(Home.here(loop.vertx), lines, Faults.UNCOUNTED, loop, SimConfig.JOURNAL.replicas());
        lines.open();
        return link;
    }

    private RedisLink open(String purpose) {
        return open(purpose, COMMAND_TIMEOUT);
    }

    private void start() {
        RedisLink link = open("shared");
        RedisLink alive = open("life", Life.NOTICE);
        beats = new Beats(
                life,
                new RedisRoll(alive, Duration.ofSeconds(2), false),
                ticker,
                loop,
                alive.again("say that this pod is alive"));
        registry = new RedisRegistry(
                loop.vertx,
                link,
                open("changes", COMMAND_TIMEOUT.plus(RedisRegistry.BLOCK)),
                new WebhookCodec(BOX),
                changes,
                loop);
        PartitionCount count = new PartitionCount(SimConfig.JOURNAL, ticker);
        RedisPartitioning partitioning = new RedisPartitioning(link, SimConfig.JOURNAL, count, ticker);
        link.up()
                .compose(up -> partitioning.begin())
                .compose(agreed -> alive.up())
                .compose(up -> beats.start())
                .compose(begun -> {
                    registry.start();
                    return Installation.load(link, world.scheduler.random, count);
                })
                .onSuccess(installation -> work(link, installation, partitioning))
                .onFailure(away -> world.scheduler.tell("%s cannot start: %s", name, away.getMessage()))
                .onFailure(away -> world.diesUnstarted(this));
    }

    private void work(RedisLink link, Installation installation, RedisPartitioning partitioning) {
        installation.keep(link);
        Retention retention = new Retention(link, SimConfig.JOURNAL, installation.partitions(), JournalListener.NONE);
        loop.every(Duration.ofSeconds(5), retention::sweep);
        loop.every(Duration.ofSeconds(1), partitioning::look);
        boolean isSafe = world.mutation != Mutation.A_PROMISE_IS_MADE_WITHOUT_REPLICAS;
        JournalConfig config = isSafe ? SimConfig.JOURNAL : SimConfig.JOURNAL_OF_ONE;
        journal = new RedisJournal(open("journal"), installation, config, 0, JournalListener.NONE);
        delivery = new DeliveryVerticle(lanes, changes, this::stage);
        fanout = new FanoutVerticle(List.of(
                new FanoutVerticle.Part(fanouts.get(0), () -> free(installation)),
                new FanoutVerticle.Part(fanouts.get(1), () -> keyed(installation))));
        try {
            delivery.start();
            fanout.start();
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
        fanout.read();
        ready = true;
        world.scheduler.tell("%s works", name);
    }

    private Fanout free(Installation installation) {
        RedisJournalReader.Links links = new RedisJournalReader.Links(
                open("read", COMMAND_TIMEOUT.plus(RedisJournalReader.BLOCK)), open("acknowledge"));
        RedisJournalReader.Name reader = new RedisJournalReader.Name(name + "-0", life::deadPods);
        return fanout(
                new RedisJournalReader(
                        loop.vertx, links, SimConfig.JOURNAL, reader, installation, JournalListener.NONE),
                0);
    }

    private Fanout keyed(Installation installation) {
        KeyedJournalReader.Links links = new KeyedJournalReader.Links(
                open("keyed-hints", COMMAND_TIMEOUT.plus(RedisJournalReader.BLOCK)), open("keyed", Life.NOTICE));
        Lessee lessee = new Lessee(name + "-0", epochs, ticker, loop);
        return fanout(
                new KeyedJournalReader(
                        loop.vertx, links, SimConfig.JOURNAL, lessee, installation, JournalListener.NONE),
                1);
    }

    private Fanout fanout(JournalReader reader, int number) {
        return new Fanout(
                reader,
                registry,
                new Outbox(number, HOMES, List.of(lanes)),
                new Fanout.Limits(
                        number == 0 ? SimConfig.FANOUT.unordered() : SimConfig.FANOUT.ordered(),
                        SimConfig.JOURNAL.readBatch(),
                        SimConfig.JOURNAL.claimAfter()),
                new Fanout.Clock(ticker, loop),
                tally.fanout(number));
    }

    private DeliveryStage stage() {
        RedisLink link = open("delivery");
        Tenure tenure = new Tenure() {
            @Override
            public boolean owns(long epoch) {
                return world.mutation == Mutation.NOBODY_ASKS_FOR_THE_EPOCH || epochs.owns(epoch);
            }

            @Override
            public long life() {
                return life.self().epoch();
            }
        };
        return new DeliveryStage(
                0,
                new DeliveryStage.Ports(
                        attempt -> world.endpoints.send(this, attempt),
                        new RedisParking(link, HOMES, SimConfig.DELIVERY, life),
                        new RedisRateLimits(link, HOMES, TokenBucket.HORIZON),
                        failing -> new Recorder(
                                new RedisAttemptLog(link, HOMES, SimConfig.DELIVERY),
                                SimConfig.DELIVERY,
                                clock,
                                new Retries(Faults.UNCOUNTED, loop),
                                failing,
                                HistoryListener.NONE),
                        registry,
                        fanouts,
                        tenure,
                        append -> journal.append(append.drafts()),
                        HOMES,
                        pots,
                        1 << 20),
                SimConfig.DELIVERY,
                new DeliveryStage.Clock(ticker, clock, loop, world.scheduler.random::nextDouble, loop::run),
                tally);
    }

    /** Takes events in, as ingest does. */
    Future<Appended> append(Append append) {
        return journal.append(append.drafts());
    }

    /** In order, as a drain does. */
    void leave() {
        world.scheduler.tell("%s drains", name);
        ready = false;
        loop.turn(() -> fanout.retire()
                .compose(retired -> stop(delivery::stop))
                .eventually(() -> stop(fanout::stop))
                .eventually(beats::stop)
                .onComplete(ended -> world.ended(this)));
    }

    private interface Stopping {
        Future<?> stop() throws Exception;
    }

    private static Future<Void> stop(Stopping what) {
        try {
            return what.stop().mapEmpty();
        } catch (Exception broken) {
            return Future.failedFuture(broken);
        }
    }

    Stream<String> unbalanced() {
        return tally.unbalanced(name);
    }
}
