package dev.sluice.boot;

import dev.sluice.boot.tls.Certificates;
import dev.sluice.cli.Keeper;
import dev.sluice.config.ManagementConfig;
import dev.sluice.config.RuntimeConfig.PodRole;
import dev.sluice.config.SluiceConfig;
import dev.sluice.delivery.send.Clocks;
import dev.sluice.delivery.send.Senders;
import dev.sluice.delivery.send.address.OwnListeners;
import dev.sluice.fanout.FanoutVerticle;
import dev.sluice.fault.Retries;
import dev.sluice.http.ListenerOptions;
import dev.sluice.ingest.IngestVerticle;
import dev.sluice.playground.Playground;
import dev.sluice.tail.Tail;
import dev.sluice.tail.redis.RedisTail;
import dev.sluice.telemetry.ManagementVerticle;
import dev.sluice.telemetry.RedisHealth;
import dev.sluice.time.Ticker;
import dev.sluice.time.VertxTimers;
import dev.sluice.trace.ExportedTracing;
import dev.sluice.trace.Tracing;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Starts the stages of a pod in order, and tells the drain of each.
 *
 * <p>What takes work from outside is there first and begins last: the listeners are bound before anything is read from the
 * journal, and the fan-outs read when the lanes are there. The drain goes the same way back: it ends the taking of work
 * first, then the work, then what the work needed.
 */
final class Launch {
    private final Ground ground;
    private final Loops loops;
    private final Drain drain;
    private final Known known;
    private final Supplier<Future<Void>> warmUp;
    private final OwnListeners own;
    private final Tail tail;
    private final Stages stages;
    /** Null where the pod has nothing to do for who would call it. */
    private final @Nullable Api api;

    private final Certificates certificates;
    private final ManagementVerticle management;
    private final Loops.Stage<IngestVerticle> listeners;
    private final Loops.Stage<FanoutVerticle> fanouts;

    /**
     * @param accepting whether the pod wants work
     * @param warmUp    goes before the stages
     */
    Launch(
            Ground ground,
            Loops loops,
            Known known,
            BooleanSupplier accepting,
            Supplier<Future<Void>> warmUp,
            Drain drain) {
        this.ground = ground;
        this.loops = loops;
        this.drain = drain;
        this.known = known;
        this.warmUp = warmUp;
        boolean listens = ground.config().runtime().listens();
        Playground playground = Api.playground(ground, known);
        this.own = listens ? new OwnListeners(playground::receives) : new OwnListeners();
        Senders senders = senders(ground, own);
        this.tail = new Tail(new RedisTail(known.link()));
        Tracing tracing = tracing(ground, known, drain);
        this.stages = new Stages(ground, known, senders, tail, tracing);
        this.api = listens ? new Api(ground, known, senders, playground, tail, tracing) : null;
        ManagementConfig health = ground.config().management();
        this.certificates = ground.certificates("management", health.tls());
        this.management = new ManagementVerticle(
                certificates.on(ListenerOptions.ofManagement(health.host(), health.port())),
                ground.telemetry(),
                () -> health(known),
                accepting);
        this.listeners = api == null ? loops.none() : loops.stage(api::verticle);
        this.fanouts = ground.config().runtime().delivers() ? loops.stage(stages::fanout) : loops.none();
    }

    private static RedisHealth health(Known known) {
        return new RedisHealth(known.fitness().isFit(), known.fitness().reasons());
    }

    private static Tracing tracing(Ground ground, Known known, Drain drain) {
        if (!ground.config().tracing().isOn()) {
            return Tracing.OFF;
        }
        Tracing tracing = ExportedTracing.open(
                ground.vertx(),
                ground.config().tracing(),
                new ExportedTracing.Self(Version.current(), known.being().life().pod()),
                ground.faults(),
                ground.telemetry().tracing());
        drain.started(DrainStep.TRACES, tracing::end);
        return tracing;
    }

    private static Senders senders(Ground ground, OwnListeners own) {
        SluiceConfig config = ground.config();
        Clocks clocks = new Clocks(InstantSource.system(), Ticker.SYSTEM, VertxTimers.here(ground.vertx()));
        own.add(config.http().port());
        own.add(config.management().port());
        return new Senders(ground.vertx(), config.delivery(), clocks, Version.current(), own);
    }

    /** Completes when the pod serves. */
    Future<Serving> start() {
        tail.start(new Retries(ground.faults(), new VertxTimers(ground.vertx())));
        return listen().compose(listening -> warmUp.get())
                .compose(warm -> deploy())
                .compose(deployed -> begin());
    }

    private Future<Void> listen() {
        return deploy(DrainStep.HEALTH, loops.single(management))
                .compose(health -> deploy(DrainStep.LISTENER, listeners))
                .onSuccess(bound -> {
                    own.add(management.port());
                    listeners.all().forEach(listener -> own.add(listener.port()));
                });
    }

    private Future<Void> deploy() {
        return deploy(DrainStep.JOURNAL, loops.stage(stages::journal))
                .compose(journal -> ground.config().runtime().delivers() ? deployDelivery() : Future.succeededFuture())
                .compose(delivery ->
                        Await.up(ground.links().up(), ground.config().redis().commandTimeout()));
    }

    private Future<Void> deployDelivery() {
        return deploy(DrainStep.FANOUT, fanouts)
                .compose(fanout -> deploy(DrainStep.DELIVERIES, loops.stage(stages::delivery)))
                .compose(delivery -> deploy(DrainStep.REPLAYS, loops.single(stages.replay())));
    }

    private Future<Serving> begin() {
        drain.started(DrainStep.READING, patience -> fanouts.each((fanout, context) -> fanout.retire()));
        return fanouts.each((fanout, context) -> fanout.read()).map(reading -> {
            drain.started(DrainStep.REQUESTS, this::leave);
            listeners.all().forEach(IngestVerticle::open);
            watchCertificates();
            String url = api == null ? null : api.url(listeners.first().port());
            declare(url);
            return new Serving(url, certificates.scheme(), management.port());
        });
    }

    private void watchCertificates() {
        certificates.watch(ground.faults(), management::renew);
        if (api != null) {
            api.certificates()
                    .watch(
                            ground.faults(),
                            identity -> listeners.each((listener, context) -> listener.renew(identity)));
        }
    }

    /** By those whom the files can be told to. */
    private void declare(@Nullable String url) {
        String folder = ground.config().data().declaredDir();
        if (url != null && folder != null && ground.config().runtime().roles().contains(PodRole.API)) {
            Keeper keeper = new Keeper(
                    folder,
                    System.getenv(),
                    url,
                    ground.config().access().adminKey(),
                    api == null ? null : api.certificates().trust());
            String key = Objects.requireNonNullElse(ground.config().secrets().key(), "alone");
            new Declarer(ground.vertx(), new VertxTimers(ground.vertx()), keeper, key, known.link()).start();
        }
    }

    private Future<Void> leave(Duration patience) {
        known.being().leave(ground.config().runtime().drainTimeout());
        if (api != null) {
            api.endStreams();
        }
        return listeners.each((listener, context) -> listener.leave(patience));
    }

    private <V extends Deployable> Future<Void> deploy(DrainStep step, Loops.Stage<V> stage) {
        drain.started(step, patience -> stage.undeploy(), () -> step.left(ground.telemetry()));
        return stage.deploy();
    }
}
