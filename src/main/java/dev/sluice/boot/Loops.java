package dev.sluice.boot;

import dev.sluice.bus.Home;
import dev.sluice.delivery.send.address.DnsResolver;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The event loops of the pod, each with one context that all stages of its number run on.
 *
 * <h2>Why not a deployment for each stage</h2>
 *
 * Vert.x gives each deployed instance the next loop in turn, and whatever else asks for a loop meanwhile (a connection, a
 * look-up) shifts the turn: instances of one number were seen on different loops, and every event then changes threads
 * at each stage. Here a deployment only takes one seat on each loop, and the stages are put on those seats.
 */
final class Loops {
    private final List<Context> contexts;

    private Loops(List<Context> contexts) {
        this.contexts = contexts;
    }

    /** Takes a context on a loop. */
    private static final class Seat extends VerticleBase {
        private final List<Context> seats;

        Seat(List<Context> seats) {
            this.seats = seats;
        }

        @Override
        public Future<?> start() {
            seats.add(context);
            return Future.succeededFuture();
        }
    }

    /** No resource is read through Vert.x, which would make a folder for them where it may be allowed to write nothing. */
    static VertxOptions options(int loops) {
        return new VertxOptions()
                .setEventLoopPoolSize(loops)
                .setPreferNativeTransport(true)
                .setAddressResolverOptions(DnsResolver.options())
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false));
    }

    /** To be called before anything else asks for a loop, so that each seat is on another one. */
    static Future<Loops> open(Vertx vertx, int count) {
        List<Context> seats = Collections.synchronizedList(new ArrayList<>());
        return vertx.deployVerticle(() -> new Seat(seats), new DeploymentOptions().setInstances(count))
                .map(deployed -> new Loops(List.copyOf(seats)));
    }

    int count() {
        return contexts.size();
    }

    /** One instance for each loop, not started yet. */
    <V extends Deployable> Stage<V> stage(IntFunction<V> make) {
        return new Stage<>(
                contexts, IntStream.range(0, contexts.size()).mapToObj(make).toList());
    }

    /** One instance for the first loop, not started yet. */
    <V extends Deployable> Stage<V> single(V instance) {
        return new Stage<>(contexts.subList(0, 1), List.of(instance));
    }

    /** A stage that this pod does not have. */
    <V extends Deployable> Stage<V> none() {
        return new Stage<>(List.of(), List.of());
    }

    /** The instances of one stage, by loop. */
    static final class Stage<V extends Deployable> {
        private final List<Context> contexts;
        private final List<V> instances;

        private Stage(List<Context> contexts, List<V> instances) {
            this.contexts = contexts;
            this.instances = instances;
        }

        /** Starts each on its loop. */
        Future<Void> deploy() {
            return each(Deployable::deploy);
        }

        /** Completes when all have ended, fails if one could not. */
        Future<Void> undeploy() {
            return each(Deployable::undeploy);
        }

        V first() {
            return instances.get(0);
        }

        List<V> all() {
            return instances;
        }

        /** Each instance on its own loop; completes when all have, fails if one does. */
        Future<Void> each(Action<V> action) {
            List<Future<?>> ends = new ArrayList<>();
            for (int loop = 0; loop < instances.size(); loop++) {
                V instance = instances.get(loop);
                ends.add(on(contexts.get(loop), context -> action.run(instance, context)));
            }
            return Future.join(ends).mapEmpty();
        }
    }

    interface Action<V> {
        Future<?> run(V instance, Context context) throws Exception;
    }

    private interface Step {
        Future<?> run(Context context) throws Exception;
    }

    private static Future<Void> on(Context context, Step step) {
        return new Home(context).ask(() -> step.run(context).mapEmpty());
    }
}
