package dev.sluice.boot;

import dev.sluice.config.FanoutConfig;
import dev.sluice.config.ParkingConfig;
import dev.sluice.config.SluiceConfig;
import dev.sluice.delivery.DeliveryStage;
import dev.sluice.delivery.DeliveryVerticle;
import dev.sluice.delivery.history.Recorder;
import dev.sluice.delivery.history.redis.RedisAttemptLog;
import dev.sluice.delivery.policy.Tokens;
import dev.sluice.delivery.redis.RedisParking;
import dev.sluice.delivery.redis.RedisRateLimits;
import dev.sluice.delivery.redis.RedisRedelivery;
import dev.sluice.delivery.send.Clocks;
import dev.sluice.delivery.send.Sender;
import dev.sluice.fanout.Fanout;
import dev.sluice.fanout.FanoutVerticle;
import dev.sluice.fanout.Outbox;
import dev.sluice.journal.JournalReader;
import dev.sluice.journal.JournalVerticle;
import dev.sluice.journal.redis.Installation;
import dev.sluice.journal.redis.KeyedJournalReader;
import dev.sluice.journal.redis.Lessee;
import dev.sluice.journal.redis.RedisJournal;
import dev.sluice.journal.redis.RedisJournalReader;
import dev.sluice.journal.redis.RedisPast;
import dev.sluice.redis.RedisLink;
import dev.sluice.replay.ReplayRunner;
import dev.sluice.replay.ReplayVerticle;
import dev.sluice.replay.redis.RedisReplays;
import dev.sluice.secrets.Entropy;
import dev.sluice.telemetry.Telemetry;
import dev.sluice.time.Jitter;
import dev.sluice.time.Ticker;
import dev.sluice.time.Timers;
import dev.sluice.time.VertxTimers;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;

/** Makes the stages behind ingest for one event loop after the other. What they hold is made on their own context. */
final class Stages {
    private final Vertx vertx;
    private final SluiceConfig config;
    private final Shared shared;
    private final Installation installation;
    private final Telemetry telemetry;
    private final String pod;

    /** @param pod names this process among the consumers of the journal; never used before */
    Stages(
            Vertx vertx,
            SluiceConfig config,
            Shared shared,
            Installation installation,
            Telemetry telemetry,
            String pod) {
        this.vertx = vertx;
        this.config = config;
        this.shared = shared;
        this.installation = installation;
        this.telemetry = telemetry;
        this.pod = pod;
    }

    JournalVerticle journal(int loop) {
        return new JournalVerticle(
                shared.channels.appends().get(loop),
                () -> new RedisJournal(
                        shared.links.open("journal-" + loop),
                        installation,
                        config.journal(),
                        loop,
                        telemetry.journal()));
    }

    FanoutVerticle fanout(int loop) {
        int keyed = shared.homes.loops() + loop;
        return new FanoutVerticle(List.of(
                new FanoutVerticle.Part(shared.channels.fanouts().get(loop), () -> openFanout(loop)),
                new FanoutVerticle.Part(shared.channels.fanouts().get(keyed), () -> openKeyedFanout(loop, keyed))));
    }

    private Fanout openFanout(int loop) {
        RedisJournalReader.Links links = new RedisJournalReader.Links(
                shared.links.openBlocking("read-" + loop, RedisJournalReader.BLOCK),
                shared.links.open("acknowledge-" + loop));
        RedisJournalReader reader = new RedisJournalReader(
                vertx, links, config.journal(), pod + "-" + loop, installation, telemetry.journal());
        return fanout(reader, loop, shared.budgets.unordered());
    }

    private Fanout openKeyedFanout(int loop, int number) {
        KeyedJournalReader.Links links = new KeyedJournalReader.Links(
                shared.links.openBlocking("keyed-hints-" + loop, RedisJournalReader.BLOCK),
                shared.links.open("keyed-" + loop));
        Lessee lessee = new Lessee(pod + "-" + loop, shared.epochs, Ticker.SYSTEM, new VertxTimers(vertx));
        KeyedJournalReader reader =
                new KeyedJournalReader(vertx, links, config.journal(), lessee, installation, telemetry.journal());
        return fanout(reader, number, shared.budgets.ordered());
    }

    private Fanout fanout(JournalReader reader, int number, FanoutConfig window) {
        return new Fanout(
                reader,
                shared.registry,
                new Outbox(number, shared.homes, shared.channels.lanes()),
                new Fanout.Limits(
                        window, config.journal().readBatch(), config.journal().claimAfter()),
                new Fanout.Clock(Ticker.SYSTEM, new VertxTimers(vertx)),
                telemetry.fanout());
    }

    DeliveryVerticle delivery(int loop) {
        return new DeliveryVerticle(
                shared.channels.lanes().get(loop), shared.channels.changes(), () -> openDelivery(loop));
    }

    private DeliveryStage openDelivery(int loop) {
        Timers timers = new VertxTimers(vertx);
        Clocks clocks = new Clocks(InstantSource.system(), Ticker.SYSTEM, timers);
        Sender sender = shared.senders.open(new SourceManner(shared.sources), clocks);
        RedisLink link = shared.links.open("delivery-" + loop);
        return new DeliveryStage(
                loop,
                new DeliveryStage.Ports(
                        sender,
                        new RedisParking(link, shared.homes, config.delivery()),
                        new RedisRateLimits(link, shared.homes, Tokens.HORIZON),
                        failing -> new Recorder(
                                new RedisAttemptLog(link, shared.homes, config.delivery()),
                                config.delivery(),
                                InstantSource.system(),
                                timers,
                                failing,
                                telemetry.history()),
                        shared.registry,
                        shared.channels.fanouts(),
                        epoch -> epoch == 0 || shared.epochs.holds(epoch),
                        shared.channels.appends().get(loop)::ask,
                        shared.homes,
                        shared.budgets.pots,
                        shared.budgets.writes()),
                config.delivery(),
                new DeliveryStage.Clock(
                        Ticker.SYSTEM,
                        InstantSource.system(),
                        timers,
                        Jitter.RANDOM,
                        action -> vertx.runOnContext(turn -> action.run())),
                telemetry.delivery());
    }

    /** On a link of its own, so that nobody waits behind what a replay reads. */
    ReplayVerticle replay() {
        return new ReplayVerticle(() -> {
            RedisLink link = shared.links.open("replay");
            ParkingConfig parking = config.delivery().parking();
            return new ReplayRunner(
                    new ReplayRunner.Ports(
                            new RedisReplays(link, Entropy.SYSTEM),
                            new RedisPast(link, config.journal(), installation),
                            new RedisRedelivery(link, shared.homes, config.delivery()),
                            shared.registry,
                            telemetry.replay()),
                    ReplayRunner.Limits.below(parking.maxCount(), parking.maxBytes()),
                    new VertxTimers(vertx));
        });
    }
}
