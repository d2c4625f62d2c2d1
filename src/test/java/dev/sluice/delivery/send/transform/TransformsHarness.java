package dev.sluice.delivery.send.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.TransformConfig;
import dev.sluice.subscription.Shape;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.ManualTimers;
import dev.sluice.testing.Webhooks;
import dev.sluice.time.Wheel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;

/** Transformations whose threads run when the test says. */
abstract class TransformsHarness {
    static final Duration GIVEN = Duration.ofMillis(250);

    final ManualTicker ticker = new ManualTicker();
    final ManualTimers timers = new ManualTimers(ticker);
    final Wheel wheel = new Wheel(timers, ticker, Duration.ofMillis(20));
    final Threads threads = new Threads();
    final Transforms transforms = new Transforms(
            threads, new TransformConfig(GIVEN, 100, 1000), InstantSource.fixed(ticker.instant()), ticker, wheel);

    Future<Transformed> apply(Webhook webhook, String event) {
        return transforms.apply(webhook, () -> event.getBytes(StandardCharsets.UTF_8));
    }

    static Webhook webhook(String id, String expression) {
        return webhook(id, expression, "default");
    }

    static Webhook webhook(String id, String expression, String tenant) {
        Webhook plain = Webhooks.webhook(id, "**");
        return new Webhook(
                id,
                tenant,
                plain.version(),
                plain.name(),
                plain.activity(),
                plain.subscription(),
                plain.target(),
                new Shape(null, expression),
                plain.pacing(),
                plain.createdAt(),
                plain.updatedAt());
    }

    static String text(Future<Transformed> transformed) {
        assertThat(transformed.result()).isInstanceOf(Transformed.Body.class);
        return new String(((Transformed.Body) transformed.result()).json(), StandardCharsets.UTF_8);
    }

    static String failure(Future<Transformed> transformed) {
        assertThat(transformed.result()).isInstanceOf(Transformed.Failed.class);
        return ((Transformed.Failed) transformed.result()).detail();
    }

    /** Threads that work when they are told to. */
    static final class Threads implements Workers {
        private final Deque<Runnable> work = new ArrayDeque<>();
        int started;
        int closed;

        @Override
        public Worker start() {
            started++;
            return new Worker() {
                @Override
                public <T> Future<T> run(Callable<T> callable) {
                    Promise<T> promise = Promise.promise();
                    work.add(() -> Future.<T>future(done -> {
                                try {
                                    done.complete(callable.call());
                                } catch (Exception failure) {
                                    done.fail(failure);
                                }
                            })
                            .onComplete(promise));
                    return promise.future();
                }

                @Override
                public void close() {
                    closed++;
                }
            };
        }

        int running() {
            return work.size();
        }

        Runnable take() {
            return work.remove();
        }

        void runOne() {
            work.remove().run();
        }

        void runAll() {
            while (!work.isEmpty()) {
                runOne();
            }
        }
    }
}
