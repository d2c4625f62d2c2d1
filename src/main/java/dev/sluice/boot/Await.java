package dev.sluice.boot;

import dev.sluice.redis.trouble.RedisUnavailable;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Waits on the main thread, never on an event loop. */
final class Await {
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

    /** What connects, within a patience. */
    static Future<Void> up(Future<Void> connecting, Duration patience) {
        return connecting
                .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .recover(late -> Future.failedFuture(new RedisUnavailable("Redis did not answer in " + patience)));
    }
}
