package dev.sluice.boot;

import dev.sluice.redis.RedisUnavailable;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits on the main thread or in the shutdown hook, never on an event loop. */
final class Await {
    private static final Logger LOG = LoggerFactory.getLogger(Await.class);

    private Await() {}

    /** @throws RuntimeException the cause, if it failed */
    static <T> T result(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            throw cause instanceof RuntimeException known ? known : new StartFailure(String.valueOf(cause));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted");
        }
    }

    /** What is not done in time is said and left. */
    static void within(Duration patience, Future<?> future) {
        try {
            future.toCompletionStage().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            LOG.atWarn().addKeyValue("after", patience).log("stopped before everything under way was done");
        } catch (ExecutionException failed) {
            LOG.atWarn().addKeyValue("cause", String.valueOf(failed.getCause())).log("stopped with a failure");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What connects, within a patience. */
    static Future<Void> up(Future<Void> connecting, Duration patience) {
        return connecting
                .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .recover(late -> Future.failedFuture(new RedisUnavailable("Redis did not answer in " + patience)));
    }
}
