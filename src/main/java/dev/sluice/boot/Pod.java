package dev.sluice.boot;

import dev.sluice.config.RuntimeConfig.PodRole;
import dev.sluice.config.SluiceConfig;
import dev.sluice.delivery.redis.RedisBacklogs;
import dev.sluice.fault.Again;
import dev.sluice.http.wire.FirstHead;
import dev.sluice.journal.redis.Installation;
import dev.sluice.journal.redis.PartitionCount;
import dev.sluice.journal.redis.RedisPartitioning;
import dev.sluice.journal.redis.Retention;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.fitness.FitnessWatch;
import dev.sluice.redis.fitness.Needs;
import dev.sluice.redis.fitness.RedisProbe;
import dev.sluice.redis.trouble.RedisUnavailable;
import dev.sluice.system.Card;
import dev.sluice.system.Shown;
import dev.sluice.system.redis.RedisCards;
import dev.sluice.telemetry.HeartbeatVerticle;
import dev.sluice.telemetry.Heartbeats;
import dev.sluice.telemetry.PodState;
import dev.sluice.telemetry.Telemetry;
import dev.sluice.time.Ticker;
import dev.sluice.time.VertxTimers;
import dev.sluice.trace.Sampler;
import dev.sluice.warmup.Twin;
import dev.sluice.warmup.WarmUp;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.transport.Transport;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running Sluice. Any thread may stop it, also while another one starts it. */
public final class Pod implements Twin {
    private static final Logger LOG = LoggerFactory.getLogger(Pod.class);
    private static final Duration SWEEP = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final SluiceConfig config;
    private final Function<SluiceConfig, Storage> storages;
    private final WarmUp warmUp;
    private final Drain drain = new Drain(Ticker.SYSTEM);

    // written while starting and stopping, read by other threads
    private volatile @Nullable Storage storage;
    private volatile @Nullable Known known;
    private volatile @Nullable Serving serving;
    private volatile @Nullable Telemetry telemetry;
    private volatile boolean stopping;

    public Pod(SluiceConfig config) {
        this(config, Storage::open, new WarmUp(config, Pod::twin));
    }

    Pod(SluiceConfig config, Function<SluiceConfig, Storage> storages, WarmUp warmUp) {
        this.config = config;
        this.storages = storages;
        this.warmUp = warmUp;
    }

    static Pod twin(SluiceConfig settings) {
        return new Pod(settings, Storage::passing, new WarmUp(settings, Pod::twin));
    }

    /** A pod that serves; blocks until then, and fails as {@link #start()}. */
    public static Pod start(SluiceConfig config) {
        Pod pod = new Pod(config);
        pod.start();
        return pod;
    }

    /**
     * Blocks until it serves. If it cannot, whatever was started is ended.
     *
     * @throws StartFailure with one line for the operator
     */
    @Override
    public void start() {
        try {
            Storage opened = storages.apply(config);
            storage = opened;
            drain.started(DrainStep.STORAGE, patience -> {
                opened.close();
                return Future.succeededFuture();
            });
            serving = Await.result(start(opened));
            tell(PodState.SERVING);
        } catch (RuntimeException | LinkageError failed) {
            stop();
            throw StartFailure.of(failed);
        }
    }

    private Future<Serving> start(Storage opened) {
        int wanted = config.runtime().eventLoops();
        int count = wanted > 0 ? wanted : Runtime.getRuntime().availableProcessors();
        Heartbeats heartbeats = new Heartbeats(count, Ticker.SYSTEM);
        Telemetry opening = new Telemetry(heartbeats, Version.current(), Sampler.of(config.tracing()));
        telemetry = opening;
        Transport transport = FirstHead.within(config.http().idleTimeout());
        Vertx vertx = opening.vertx(Loops.options(count), transport);
        if (transport.name().equals(Transport.NIO.name())) {
            LOG.atInfo()
                    .addKeyValue("cause", String.valueOf(vertx.unavailableNativeTransportCause()))
                    .log("no native transport here, the portable one is used");
        }
        drain.started(DrainStep.EVENT_LOOPS, patience -> vertx.close().onComplete(closed -> opening.close()));
        Ground ground = Ground.of(vertx, config, opened, opening, count);
        return Loops.open(vertx, count)
                .compose(loops -> loops.stage(loop -> new HeartbeatVerticle(heartbeats, loop))
                        .deploy()
                        .compose(beating -> RedisProbe.check(vertx, opened.target(), opened.needs()))
                        .compose(fit -> connect(ground, opened))
                        .compose(all ->
                                new Launch(ground, loops, all, this::isReady, () -> warmUp(ground), drain).start()));
    }

    private Future<Void> warmUp(Ground ground) {
        if (!warmUp.isWanted()) {
            return Future.succeededFuture();
        }
        drain.started(DrainStep.WARM_UP, patience -> warmUp.end());
        tell(PodState.WARMING_UP);
        return warmUp.run(ground.vertx(), ground.telemetry().faults());
    }

    private Future<Known> connect(Ground ground, Storage opened) {
        RedisLink link = ground.links().open("shared");
        ground.telemetry().secrets(opened.secrets()::openedByOthers);
        Caches caches = new Caches(ground, opened.secrets(), link);
        FitnessWatch fitness = fitness(ground, opened.needs());
        Being being = Being.open(ground, opened.isEmbedded());
        PartitionCount count = new PartitionCount(config.journal(), Ticker.SYSTEM);
        RedisPartitioning partitioning = new RedisPartitioning(link, config.journal(), count, Ticker.SYSTEM);
        ground.telemetry().partitions(count::free, config.journal().partitions());
        Instant startedAt = InstantSource.system().instant();
        Shown shown = new Shown(
                new RedisCards(link),
                () -> card(ground, being, startedAt, fitness, count),
                link.again("show this pod to people"));
        drain.started(DrainStep.REDIS, patience -> {
            fitness.stop();
            return being.end(!drain.gaveUp())
                    .eventually(shown::end)
                    .eventually(caches::stop)
                    .eventually(() -> ground.links().close());
        });
        return Await.up(link.up(), config.redis().commandTimeout())
                .recover(late -> fitness.start().compose(looked -> Future.failedFuture(unfit(fitness))))
                .compose(up -> RedisSettings.counts(config).agree(link))
                .compose(agreed -> partitioning.begin())
                .compose(up -> being.begin(config.redis().commandTimeout())) // others are judged while the rest starts
                .compose(up -> caches.start())
                .compose(loaded -> Installation.load(link, new SecureRandom(), count))
                .map(installation -> know(ground, new Known(link, fitness, being, caches, installation, partitioning)))
                .compose(all -> fitness.start().map(all))
                .onSuccess(all -> shown.start(new VertxTimers(ground.vertx())));
    }

    private Card card(Ground ground, Being being, Instant startedAt, FitnessWatch fitness, PartitionCount count) {
        Runtime runtime = Runtime.getRuntime();
        return new Card(
                being.life().pod(),
                Version.current(),
                config.runtime().roles().stream().map(PodRole::toString).toList(),
                startedAt,
                ground.loops(),
                runtime.totalMemory() - runtime.freeMemory(),
                runtime.maxMemory(),
                stopping,
                fitness.reasons(),
                count.free());
    }

    /** It takes connections, but nothing else: it loads, or cannot write to its disk. */
    private RedisUnavailable unfit(FitnessWatch fitness) {
        return new RedisUnavailable("Redis is not fit within %s: %s"
                .formatted(config.redis().commandTimeout(), String.join("; ", fitness.reasons())));
    }

    private static FitnessWatch fitness(Ground ground, Needs needs) {
        RedisLink own = ground.links().openBlocking("fitness", needs.patience());
        return new FitnessWatch(
                own, needs, new VertxTimers(ground.vertx()), ground.telemetry().redis());
    }

    private Known know(Ground ground, Known all) {
        all.installation().keep(all.link());
        all.fitness().onOtherData(() -> {
            all.installation().restore(all.link());
            RedisSettings.counts(config).write(all.link());
            all.caches().registry.recheck();
        });
        Retention retention = new Retention(
                all.link(),
                config.journal(),
                all.installation().partitions(),
                ground.telemetry().journal());
        Again sweeps = all.link().again("trim the journal");
        new VertxTimers(ground.vertx()).every(SWEEP, () -> sweeps.watch(retention.sweep()));
        look(ground, all);
        Again counts = all.link().again("look how many partitions the journal has");
        new VertxTimers(ground.vertx())
                .every(LOOK, () -> counts.watch(all.partitioning().look()));
        new VertxTimers(ground.vertx()).every(LOOK, ground.quotas().scarcity::look);
        known = all;
        return all;
    }

    /** At what waits, for people. */
    private void look(Ground ground, Known all) {
        RedisLink link = all.link();
        RedisBacklogs backlogs = new RedisBacklogs(
                link, ground.homes(), Ticker.SYSTEM, ground.telemetry().backlog());
        Again looks = link.again("look at what waits");
        Again drains = link.again("look for drains that were ended by force");
        new VertxTimers(ground.vertx()).every(SWEEP, () -> {
            looks.watch(backlogs.look());
            drains.watch(all.being().drains().look());
        });
    }

    private boolean isReady() {
        return serving != null && !stopping;
    }

    /** Whether it has a role for which anybody may call it: then it has a {@link #url}. */
    public boolean listens() {
        return config.runtime().listens();
    }

    /** Where the API listens. */
    @Override
    public String url() {
        return Objects.requireNonNull(serving().url(), "the pod listens for nobody");
    }

    /** What it does. */
    public String roles() {
        return config.runtime().roles().toString();
    }

    public String managementUrl() {
        Serving now = serving();
        return now.managementScheme() + "://" + config.management().host() + ":" + now.managementPort();
    }

    private Serving serving() {
        return Objects.requireNonNull(serving, "the pod does not serve");
    }

    /** Nobody needs a key. */
    public boolean isOpen() {
        Known now = known;
        return now != null && now.caches().ring.isOpen();
    }

    /** Where the events are kept, without the password. */
    public String redis() {
        Storage opened = Objects.requireNonNull(storage, "the pod was not started");
        return opened.isEmbedded()
                ? "embedded, data in "
                        + Path.of(config.data().dir()).toAbsolutePath().normalize()
                : opened.target().toString();
    }

    private void tell(PodState state) {
        Telemetry telling = telemetry;
        if (telling != null) {
            telling.is(stopping ? PodState.DRAINING : state);
        }
    }

    /** Ends what was started, in order, within {@code runtime.drainTimeout} in all. Blocks. */
    @Override
    public void stop() {
        stopping = true;
        tell(PodState.DRAINING);
        drain.run(config.runtime().drainTimeout());
    }
}
