package dev.sluice.boot;

import dev.sluice.config.FanoutConfig;
import dev.sluice.config.ParkingConfig;
import dev.sluice.config.SluiceConfig;
import dev.sluice.delivery.FailingWebhook;
import dev.sluice.delivery.History;
import dev.sluice.delivery.Tenure;
import dev.sluice.delivery.history.Recorder;
import dev.sluice.delivery.history.redis.RedisAttemptLog;
import dev.sluice.delivery.policy.TokenBucket;
import dev.sluice.delivery.redis.RedisParking;
import dev.sluice.delivery.redis.RedisRateLimits;
import dev.sluice.delivery.redis.RedisRedelivery;
import dev.sluice.delivery.send.Clocks;
import dev.sluice.delivery.send.Sender;
import dev.sluice.delivery.send.Senders;
import dev.sluice.delivery.stage.DeliveryStage;
import dev.sluice.delivery.stage.DeliveryVerticle;
import dev.sluice.fanout.Fanout;
import dev.sluice.fanout.FanoutVerticle;
import dev.sluice.fanout.Outbox;
import dev.sluice.fault.Retries;
import dev.sluice.journal.JournalReader;
import dev.sluice.journal.JournalVerticle;
import dev.sluice.journal.redis.Installation;
import dev.sluice.journal.redis.KeyedJournalReader;
import dev.sluice.journal.redis.RedisJournal;
import dev.sluice.journal.redis.RedisJournalReader;
import dev.sluice.journal.redis.RedisPast;
import dev.sluice.journal.redis.lease.Lessee;
import dev.sluice.life.Epochs;
import dev.sluice.life.Life;
import dev.sluice.redis.RedisLink;
import dev.sluice.replay.ReplayRunner;
import dev.sluice.replay.ReplayVerticle;
import dev.sluice.replay.redis.RedisReplays;
import dev.sluice.secrets.Entropy;
import dev.sluice.statistics.CountedHistory;
import dev.sluice.statistics.Counter;
import dev.sluice.statistics.RankedStatistics;
import dev.sluice.statistics.Statistics;
import dev.sluice.statistics.TopWebhooks;
import dev.sluice.statistics.redis.RedisStatistics;
import dev.sluice.tail.Tail;
import dev.sluice.tail.TailedAttempts;
import dev.sluice.telemetry.Telemetry;
import dev.sluice.time.Jitter;
import dev.sluice.time.Ticker;
import dev.sluice.time.Timers;
import dev.sluice.time.VertxTimers;
import dev.sluice.trace.Tracing;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes the stages behind ingest for one event loop after the other. What they hold is made on their own context. */
final class Stages {
    private final Ground ground;
    private final SluiceConfig config;
    private final Telemetry telemetry;
    private final Caches caches;
    private final Senders senders;
    private final Tail tail;
    private final Tracing tracing;
    private final Installation installation;
    private final Life life;
    /** Null where no metric shall name a webhook. */
    private final @Nullable TopWebhooks top;
    /** Whether what a pod does in order may still be done by this one. */
    private final Epochs epochs;

    Stages(Ground ground, Known known, Senders senders, Tail tail, Tracing tracing) {
        this.ground = ground;
        this.config = ground.config();
        this.telemetry = ground.telemetry();
        this.caches = known.caches();
        this.senders = senders;
        this.tail = tail;
        this.tracing = tracing;
        this.installation = known.installation();
        this.life = known.being().life();
        this.epochs = known.being().epochs();
        this.top = topWebhooks();
    }

    private @Nullable TopWebhooks topWebhooks() {
        int places = config.management().topWebhooks();
        if (places == 0) {
            return null;
        }
        TopWebhooks compared = new TopWebhooks(places, telemetry.topWebhooks(), Ticker.SYSTEM);
        new VertxTimers(ground.vertx()).every(TopWebhooks.TURN, compared::turn);
        return compared;
    }

    JournalVerticle journal(int loop) {
        return new JournalVerticle(
                ground.channels().appends().get(loop),
                () -> new RedisJournal(
                        ground.links().open("journal-" + loop),
                        installation,
                        config.journal(),
                        loop,
                        telemetry.journal()));
    }

    FanoutVerticle fanout(int loop) {
        int keyed = ground.loops() + loop;
        return new FanoutVerticle(List.of(
                new FanoutVerticle.Part(ground.channels().fanouts().get(loop), () -> openFanout(loop)),
                new FanoutVerticle.Part(ground.channels().fanouts().get(keyed), () -> openKeyedFanout(loop, keyed))));
    }

    private Fanout openFanout(int loop) {
        RedisJournalReader.Links links = new RedisJournalReader.Links(
                ground.links().openBlocking("read-" + loop, RedisJournalReader.BLOCK),
                ground.links().open("acknowledge-" + loop));
        RedisJournalReader.Name name = new RedisJournalReader.Name(life.pod() + "-" + loop, life::deadPods);
        RedisJournalReader reader = new RedisJournalReader(
                ground.vertx(), links, config.journal(), name, installation, telemetry.journal());
        return fanout(reader, loop, ground.quotas().unordered());
    }

    private Fanout openKeyedFanout(int loop, int number) {
        KeyedJournalReader.Links links = new KeyedJournalReader.Links(
                ground.links().openBlocking("keyed-hints-" + loop, RedisJournalReader.BLOCK),
                ground.links().openAlert("keyed-" + loop, Life.NOTICE));
        Lessee lessee = new Lessee(life.pod() + "-" + loop, epochs, Ticker.SYSTEM, new VertxTimers(ground.vertx()));
        KeyedJournalReader reader = new KeyedJournalReader(
                ground.vertx(), links, config.journal(), lessee, installation, telemetry.journal());
        return fanout(reader, number, ground.quotas().ordered());
    }

    private Fanout fanout(JournalReader reader, int number, FanoutConfig window) {
        return new Fanout(
                reader,
                caches.registry,
                new Outbox(number, ground.homes(), ground.channels().lanes()),
                new Fanout.Limits(
                        window, config.journal().readBatch(), config.journal().claimAfter()),
                new Fanout.Clock(Ticker.SYSTEM, new VertxTimers(ground.vertx()), ground.faults()),
                tracing.fanout(telemetry.fanout()));
    }

    DeliveryVerticle delivery(int loop) {
        return new DeliveryVerticle(
                ground.channels().lanes().get(loop), ground.channels().changes(), () -> openDelivery(loop));
    }

    private Tenure tenure() {
        return new Tenure() {
            @Override
            public boolean owns(long epoch) {
                return epochs.owns(epoch);
            }

            @Override
            public long life() {
                return life.self().epoch();
            }
        };
    }

    private DeliveryStage openDelivery(int loop) {
        Timers timers = new VertxTimers(ground.vertx());
        Clocks clocks = new Clocks(InstantSource.system(), Ticker.SYSTEM, VertxTimers.here(ground.vertx()));
        Sender sender = tracing.delivery(senders.open(new SourceManner(caches.sources), clocks));
        RedisLink link = ground.links().open("delivery-" + loop);
        return new DeliveryStage(
                loop,
                new DeliveryStage.Ports(
                        sender,
                        new RedisParking(link, ground.homes(), config.delivery(), life),
                        new RedisRateLimits(link, ground.homes(), TokenBucket.HORIZON),
                        failing -> history(link, new Retries(ground.faults(), timers), failing),
                        caches.registry,
                        ground.channels().fanouts(),
                        tenure(),
                        ground.channels().appends().get(loop)::ask,
                        ground.homes(),
                        ground.quotas().pots,
                        ground.quotas().writes()),
                config.delivery(),
                new DeliveryStage.Clock(
                        Ticker.SYSTEM,
                        InstantSource.system(),
                        timers,
                        Jitter.RANDOM,
                        action -> ground.vertx().runOnContext(turn -> action.run()),
                        ground.faults()),
                telemetry.delivery());
    }

    private History history(RedisLink link, Retries retries, Consumer<FailingWebhook> failing) {
        InstantSource clock = InstantSource.system();
        RedisAttemptLog log = new RedisAttemptLog(link, ground.homes(), config.delivery());
        Recorder recorder = new Recorder(
                new TailedAttempts(log, tail, clock), config.delivery(), clock, retries, failing, telemetry.history());
        Statistics written = new RedisStatistics(link, ground.homes());
        Statistics statistics = top == null ? written : new RankedStatistics(written, top);
        return new CountedHistory(recorder, new Counter(statistics, clock, retries));
    }

    /** On a link of its own, so that nobody waits behind what a replay reads. */
    ReplayVerticle replay() {
        return new ReplayVerticle(() -> {
            RedisLink link = ground.links().open("replay");
            ParkingConfig parking = config.delivery().parking();
            return new ReplayRunner(
                    new ReplayRunner.Ports(
                            new RedisReplays(link, Entropy.SYSTEM),
                            new RedisPast(link, config.journal(), installation),
                            new RedisRedelivery(link, ground.homes(), config.delivery()),
                            caches.registry,
                            telemetry.replay(),
                            ground.faults()),
                    ReplayRunner.Limits.below(parking.maxCount(), parking.maxBytes()),
                    new VertxTimers(ground.vertx()));
        });
    }
}
