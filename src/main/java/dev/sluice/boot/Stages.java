package dev.sluice.boot;

import dev.sluice.config.SluiceConfig;
import dev.sluice.delivery.DeliveryStage;
import dev.sluice.delivery.DeliveryVerticle;
import dev.sluice.delivery.redis.RedisParking;
import dev.sluice.delivery.send.Clocks;
import dev.sluice.delivery.send.Sender;
import dev.sluice.event.Event;
import dev.sluice.fanout.Fanout;
import dev.sluice.fanout.FanoutVerticle;
import dev.sluice.fanout.Outbox;
import dev.sluice.journal.JournalVerticle;
import dev.sluice.journal.redis.Installation;
import dev.sluice.journal.redis.RedisJournal;
import dev.sluice.journal.redis.RedisJournalReader;
import dev.sluice.source.Dialects;
import dev.sluice.telemetry.Telemetry;
import dev.sluice.time.Jitter;
import dev.sluice.time.Ticker;
import dev.sluice.time.Timers;
import dev.sluice.time.VertxTimers;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Map;

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
        return new FanoutVerticle(shared.channels.fanouts().get(loop), shared.channels.drain(), () -> openFanout(loop));
    }

    private Fanout openFanout(int loop) {
        RedisJournalReader.Links links = new RedisJournalReader.Links(
                shared.links.openBlocking("read-" + loop, RedisJournalReader.BLOCK),
                shared.links.open("acknowledge-" + loop));
        RedisJournalReader reader = new RedisJournalReader(
                vertx, links, config.journal(), pod + "-" + loop, installation, telemetry.journal());
        return new Fanout(
                reader,
                shared.registry,
                new Outbox(loop, shared.homes, shared.channels.lanes()),
                new Fanout.Limits(
                        config.fanout().share(shared.homes.loops()),
                        config.journal().readBatch(),
                        config.journal().claimAfter()),
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
        Sender sender = shared.senders.open(Stages::dialectHeaders, clocks);
        RedisParking parking = new RedisParking(shared.links.open("parking-" + loop), shared.homes, config.delivery());
        return new DeliveryStage(
                loop,
                new DeliveryStage.Ports(
                        sender,
                        parking,
                        shared.registry,
                        shared.channels.fanouts(),
                        shared.homes,
                        config.fanout().window()),
                config.delivery(),
                new DeliveryStage.Clock(
                        Ticker.SYSTEM,
                        InstantSource.system(),
                        timers,
                        Jitter.RANDOM,
                        action -> vertx.runOnContext(turn -> action.run())),
                telemetry.delivery());
    }

    private static Map<String, String> dialectHeaders(Event event) {
        String dialect = event.dialect();
        return dialect == null
                ? Map.of()
                : Dialects.find(dialect).map(known -> known.headers(event)).orElse(Map.of());
    }
}
