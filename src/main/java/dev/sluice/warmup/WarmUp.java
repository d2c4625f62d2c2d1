package dev.sluice.warmup;

import dev.sluice.config.SluiceConfig;
import dev.sluice.fault.FaultListener;
import dev.sluice.time.Ticker;
import dev.sluice.time.Timers;
import dev.sluice.time.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a twin of the pod work until the time is over or its code is compiled. Once; any thread may end it.
 *
 * <p>It has threads of its own, since starting and ending a pod block.
 */
public final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final String NAME = "sluice-warm-up";

    private final SluiceConfig config;
    private final Function<SluiceConfig, Twin> twins;
    private final LongSupplier compiled;
    private final CompletableFuture<Void> told = new CompletableFuture<>();
    private final CompletableFuture<Outcome> over = new CompletableFuture<>();
    private volatile boolean isGivenUp;

    /** @param twins makes one, on a Redis of its own that keeps nothing, in its {@code data.dir} */
    public WarmUp(SluiceConfig config, Function<SluiceConfig, Twin> twins) {
        this(config, twins, Compiler::taken);
    }

    /** @param compiled milliseconds that the compiler took until now */
    public WarmUp(SluiceConfig config, Function<SluiceConfig, Twin> twins, LongSupplier compiled) {
        this.config = config;
        this.twins = twins;
        this.compiled = compiled;
    }

    public boolean isWanted() {
        return !config.runtime().warmUp().isZero();
    }

    /**
     * To be called once, on an event loop. Completes when nothing is left of it; fails only if the pod was told to end meanwhile,
     * since a cold pod serves too.
     *
     * @param faults told if it could not be done
     */
    public Future<Void> run(Vertx vertx, FaultListener faults) {
        long since = Ticker.SYSTEM.nanos();
        return begin(vertx).transform(done -> {
            if (isGivenUp) {
                return Future.failedFuture(new IllegalStateException("told to end while it warmed up"));
            }
            if (done.succeeded()) {
                tell(done.result(), Duration.ofNanos(Ticker.SYSTEM.nanos() - since));
            } else {
                faults.failed("warm up");
                LOG.atWarn().addKeyValue("reason", String.valueOf(done.cause())).log("not warmed up, serves anyway");
            }
            return Future.succeededFuture();
        });
    }

    private static void tell(Outcome outcome, Duration took) {
        LOG.atInfo()
                .addKeyValue("events", outcome.accepted())
                .addKeyValue("delivered", outcome.delivered())
                .addKeyValue("seconds", took.toMillis() / 1e3)
                .addKeyValue("settled", outcome.settled())
                .log("warmed up");
    }

    private Future<Outcome> begin(Vertx vertx) {
        ThreadGroup group = new ThreadGroup(NAME);
        ExecutorService threads = Executors.newCachedThreadPool(work -> {
            Thread made = new Thread(group, work, NAME);
            made.setDaemon(true);
            return made;
        });
        Rehearsal rehearsal = new Rehearsal(config, twins, compiled, group);
        Timers.Timer end = new VertxTimers(vertx).after(config.runtime().warmUp(), this::tellToEnd);
        var unusedCut = told.thenRunAsync(rehearsal::cut, threads);
        var unusedEnd = CompletableFuture.runAsync(rehearsal::begin, threads)
                .thenCompose(begun -> rehearsal.go())
                .whenCompleteAsync((outcome, failure) -> rehearsal.close(), threads)
                .whenComplete((outcome, failure) -> {
                    threads.shutdown();
                    complete(outcome, failure);
                });
        return Future.fromCompletionStage(over, vertx.getOrCreateContext()).onComplete(ended -> end.cancel());
    }

    private void complete(@Nullable Outcome outcome, @Nullable Throwable failure) {
        if (failure == null) {
            over.complete(outcome);
        } else {
            over.completeExceptionally(failure.getCause() == null ? failure : failure.getCause());
        }
    }

    private void tellToEnd() {
        told.complete(null);
    }

    /** At once, since the pod ends; completes when nothing is left of what was begun, and does not fail. */
    public Future<Void> end() {
        isGivenUp = true;
        tellToEnd();
        return Future.fromCompletionStage(over).otherwiseEmpty().mapEmpty();
    }
}
