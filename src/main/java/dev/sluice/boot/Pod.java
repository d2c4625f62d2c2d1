package dev.sluice.boot;

import dev.sluice.config.SluiceConfig;
import dev.sluice.ingest.IngestVerticle;
import dev.sluice.journal.redis.Installation;
import dev.sluice.redis.RedisProbe;
import dev.sluice.telemetry.ManagementVerticle;
import dev.sluice.telemetry.Telemetry;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * One running Sluice. Starts from the back to the front, so that no stage is offered work before the next one is there;
 * drains from the front to the back.
 */
public final class Pod {
    private static final int STAGES = 4;

    private final SluiceConfig config;
    private final Storage storage;
    private final Vertx vertx;
    private final int loops;
    private final Telemetry telemetry;

    // written while starting and draining, read by other threads
    private final List<Loops.Stage<?>> deployed = new CopyOnWriteArrayList<>();
    private final List<IngestVerticle> listeners = new CopyOnWriteArrayList<>();
    private volatile Supplier<Future<Void>> closing = Future::succeededFuture;
    private volatile boolean accepting;
    private volatile Supplier<Future<Void>> retiring = Future::succeededFuture;
    private volatile Supplier<Future<Void>> replaying = Future::succeededFuture;
    private volatile BooleanSupplier open = () -> false;
    private volatile String host = "";
    private volatile int managementPort;

    private Pod(SluiceConfig config, Storage storage, Telemetry telemetry) {
        this.config = config;
        this.storage = storage;
        this.telemetry = telemetry;
        int wanted = config.runtime().eventLoops();
        this.loops = wanted > 0 ? wanted : Runtime.getRuntime().availableProcessors();
        this.vertx =
                telemetry.vertx(new VertxOptions().setEventLoopPoolSize(loops).setPreferNativeTransport(true));
    }

    /**
     * Starts a pod; blocks until it serves.
     *
     * @throws StartFailure with one line for the operator, if it cannot
     */
    public static Pod start(SluiceConfig config) {
        Storage storage = Storage.open(config);
        Pod pod = new Pod(config, storage, new Telemetry());
        try {
            Await.result(pod.start());
            return pod;
        } catch (RuntimeException failed) {
            pod.stop();
            throw failed instanceof StartFailure ? failed : new StartFailure(String.valueOf(failed.getMessage()));
        }
    }

    private Future<Void> start() {
        return Loops.open(vertx, loops)
                .compose(opened -> RedisProbe.version(vertx, storage.target()).compose(version -> start(opened)));
    }

    private Future<Void> start(Loops opened) {
        Shared shared = new Shared(vertx, config, storage, telemetry, loops);
        closing = shared.links::close;
        return Await.up(shared.link.up(), config.redis().commandTimeout())
                .compose(up -> shared.start())
                .compose(installation -> deploy(opened, shared, installation));
    }

    private Future<Void> deploy(Loops opened, Shared shared, Installation installation) {
        Stages stages = new Stages(vertx, config, shared, installation, telemetry, name());
        Api api = new Api(vertx, config, shared, installation, telemetry, loops);
        host = api.host();
        ManagementVerticle management = new ManagementVerticle(
                config.management().host(), config.management().port(), telemetry, shared.link::isUp, () -> accepting);
        return deploy(opened, stages::delivery)
                .compose(done -> deploy(opened, stages::journal))
                .compose(done -> deploy(opened, stages::fanout))
                .onSuccess(fanouts -> retiring = () -> fanouts.each((fanout, context) -> fanout.retire()))
                .compose(done -> opened.deployOne(stages.replay()))
                .onSuccess(replay -> replaying = replay::undeploy)
                .compose(done -> Await.up(shared.links.up(), config.redis().commandTimeout()))
                .compose(done -> deploy(opened, loop -> listener(api, loop)))
                .compose(done -> vertx.deployVerticle(management))
                .onSuccess(done -> {
                    managementPort = management.port();
                    shared.senders.ownPort(managementPort);
                    shared.senders.ownPort(listeners.get(0).port());
                    open = shared.ring::isOpen;
                    accepting = true;
                })
                .mapEmpty();
    }

    private <V extends Deployable> Future<Loops.Stage<V>> deploy(Loops opened, IntFunction<V> make) {
        return opened.deploy(make).onSuccess(deployed::add);
    }

    private IngestVerticle listener(Api api, int loop) {
        IngestVerticle listener = api.verticle(loop);
        listeners.add(listener);
        return listener;
    }

    /** This pod among the consumers of the journal: readable, and never the same twice. */
    private static String name() {
        String random = Integer.toHexString(new SecureRandom().nextInt());
        try {
            return InetAddress.getLocalHost().getHostName() + "-" + random;
        } catch (UnknownHostException nameless) {
            return "pod-" + random;
        }
    }

    /** Where the API listens. */
    public String url() {
        return "http://" + (host.equals("0.0.0.0") ? "127.0.0.1" : host) + ":"
                + listeners.get(0).port();
    }

    public String managementUrl() {
        return "http://" + config.management().host() + ":" + managementPort;
    }

    /** Nobody needs a key. */
    public boolean isOpen() {
        return open.getAsBoolean();
    }

    /** Where the events are kept, without the password. */
    public String redis() {
        return storage.isEmbedded()
                ? "embedded, data in "
                        + Path.of(config.data().dir()).toAbsolutePath().normalize()
                : storage.target().toString();
    }

    /** Stops taking events in, finishes what is under way within {@code runtime.drainTimeout}, and ends. Blocks. */
    public void stop() {
        accepting = false;
        try {
            Await.within(config.runtime().drainTimeout(), undeployAll());
        } finally {
            Await.within(config.runtime().drainTimeout(), vertx.close());
            telemetry.close();
            storage.close();
        }
    }

    /**
     * Ingest first, so that nothing new comes; then lanes, so that what they hold settles; then the fan-out, which has
     * placed its last before the lanes begin to end: what a lane got later it would park, and the fan-out give back. What
     * replays park is for other pods to claim.
     */
    private Future<Void> undeployAll() {
        if (deployed.size() < STAGES) {
            return closing.get(); // it never came as far as serving
        }
        return deployed.get(3)
                .undeploy()
                .eventually(() -> retiring.get())
                .eventually(() -> replaying.get())
                .eventually(() -> deployed.get(0).undeploy())
                .eventually(() -> deployed.get(2).undeploy())
                .eventually(() -> deployed.get(1).undeploy())
                .eventually(() -> closing.get());
    }
}
