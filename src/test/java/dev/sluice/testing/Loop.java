package dev.sluice.testing;

import dev.sluice.redis.address.RedisTarget;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** An event loop for each test class: the test thread hands it work and waits for what comes of it. */
public final class Loop implements AfterAllCallback {
    private static final long PATIENCE_SECONDS = 60;

    private Vertx vertx;
    private Context context;

    /** It is another one in the next class. */
    public Vertx vertx() {
        if (vertx == null) {
            vertx = Vertx.vertx();
            context = vertx.getOrCreateContext();
        }
        return vertx;
    }

    private Context context() {
        vertx();
        return context;
    }

    /** Runs on the loop and waits for the result. */
    public <T> T get(Supplier<Future<T>> work) {
        Promise<T> promise = Promise.promise();
        context().runOnContext(go -> work.get().onComplete(promise));
        return await(promise.future());
    }

    public void run(Runnable work) {
        get(() -> {
            work.run();
            return Future.succeededFuture();
        });
    }

    /** Runs on the loop until the outcome is as wanted. */
    public <T> T until(Supplier<Future<T>> work, java.util.function.Predicate<T> wanted) {
        Ending<T> ending = new Ending<>();
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    ending.value = get(() -> work.get().otherwise((T) null));
                    return ending.value != null && wanted.test(ending.value);
                });
        return ending.value;
    }

    private static final class Ending<T> {
        T value;
    }

    public static RedisTarget target(String uri) {
        return new RedisTarget(uri, Duration.ofSeconds(2), Duration.ofMillis(10), Duration.ofMillis(100));
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException | TimeoutException late) {
            throw new IllegalStateException(late);
        }
    }

    @Override
    public void afterAll(ExtensionContext extensionContext) {
        await(vertx().close());
        vertx = null;
    }
}
