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
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TransformsTest {
    private static final Duration GIVEN = Duration.ofMillis(250);
    private static final Duration PATIENCE = GIVEN.multipliedBy(4).plusMillis(20);

    private final ManualTicker ticker = new ManualTicker();
    private final ManualTimers timers = new ManualTimers(ticker);
    private final Wheel wheel = new Wheel(timers, ticker, Duration.ofMillis(20));
    private final Threads threads = new Threads();
    private final Transforms transforms = new Transforms(
            threads, new TransformConfig(GIVEN, 100, 1000), InstantSource.fixed(ticker.instant()), ticker, wheel);

    @Test
    void evaluatesOnAThreadAndKeepsIt() {
        assertThat(threads.started).isZero();
        for (int i = 0; i < 3; i++) {
            Future<Transformed> transformed = apply(webhook("wh_1", "data + 1"), "{\"data\":" + i + "}");
            assertThat(transformed.isComplete()).isFalse();
            threads.runAll();
            assertThat(text(transformed)).isEqualTo(String.valueOf(i + 1));
        }
        assertThat(threads.started).isOne();
        assertThat(wheel.size()).isZero();
    }

    @Test
    void evaluatesOneOfAWebhookAtATimeAndTwoInAll() {
        for (int i = 0; i < 4; i++) {
            apply(webhook("wh_1", "1"), "{}");
        }
        assertThat(threads.running()).isOne();
        apply(webhook("wh_2", "1"), "{}");
        apply(webhook("wh_3", "1"), "{}");
        assertThat(threads.running()).isEqualTo(2);
        threads.runAll();
        assertThat(threads.running()).isZero();
        assertThat(threads.started).isEqualTo(2);
    }

    @Test
    void letsWebhooksTakeTurns() {
        List<String> order = new ArrayList<>();
        for (String id : List.of("wh_1", "wh_1", "wh_1", "wh_2", "wh_3", "wh_3")) {
            apply(webhook(id, "1"), "{}").onSuccess(done -> order.add(id));
        }
        threads.runAll();
        assertThat(order).containsExactly("wh_1", "wh_2", "wh_3", "wh_1", "wh_3", "wh_1");
    }

    @Test
    void takesAnotherExpressionFromTheNextEventOn() {
        Future<Transformed> before = apply(webhook("wh_1", "1"), "{}");
        Future<Transformed> after = apply(webhook("wh_1", "2"), "{}");
        threads.runAll();
        assertThat(text(before)).isEqualTo("1");
        assertThat(text(after)).isEqualTo("2");
    }

    @Test
    void givesUpWhatWaitsLongerThanTheWebhooksTimeout() {
        apply(webhook("wh_1", "1"), "{}");
        Future<Transformed> second = apply(webhook("wh_1", "1"), "{}");
        ticker.advance(Duration.ofSeconds(16));
        threads.runOne();
        assertThat(failure(second)).isEqualTo("waited too long for earlier transformations");
        assertThat(threads.running()).isZero();
    }

    @Test
    void answersForAnEvaluationThatDoesNotEndAndReplacesItsThread() {
        Future<Transformed> endless = apply(webhook("wh_1", "1"), "{}");
        Future<Transformed> behind = apply(webhook("wh_1", "1"), "{}");
        Runnable stuck = threads.take();
        timers.advance(PATIENCE);
        assertThat(failure(endless)).isEqualTo("did not end in time and could not be stopped");
        assertThat(failure(behind)).isEqualTo("did not end in time and could not be stopped");
        assertThat(failure(apply(webhook("wh_1", "1"), "{}")))
                .isEqualTo("an earlier transformation of this webhook did not end in time");

        Future<Transformed> mended = apply(webhook("wh_1", "2"), "{}");
        Future<Transformed> other = apply(webhook("wh_2", "3"), "{}");
        threads.runAll();
        assertThat(text(mended)).isEqualTo("2");
        assertThat(text(other)).isEqualTo("3");
        assertThat(threads.started).isEqualTo(3);

        stuck.run();
        assertThat(threads.closed).isOne();
    }

    @Test
    void runsAWebhookAgainAWhileAfterItsEvaluationEnded() {
        apply(webhook("wh_1", "1"), "{}");
        Runnable stuck = threads.take();
        timers.advance(PATIENCE);
        stuck.run();
        assertThat(failure(apply(webhook("wh_1", "1"), "{}")))
                .isEqualTo("an earlier transformation of this webhook did not end in time");
        ticker.advance(Duration.ofMinutes(1));
        Future<Transformed> again = apply(webhook("wh_1", "1"), "{}");
        threads.runAll();
        assertThat(text(again)).isEqualTo("1");
    }

    @Test
    void refusesAllWhileEveryThreadIsStuck() {
        List<Runnable> stuck = new ArrayList<>();
        Future<Transformed> last = null;
        for (int i = 0; i < 11; i++) {
            last = apply(webhook("wh_" + i, "1", "tenant" + i), "{}");
            if (i < 10) {
                stuck.add(threads.take());
                timers.advance(PATIENCE);
            }
        }
        assertThat(threads.started).isEqualTo(10);
        assertThat(failure(last)).isEqualTo("no thread is left: earlier transformations have not ended");

        stuck.get(3).run();
        Future<Transformed> next = apply(webhook("wh_99", "1"), "{}");
        threads.runAll();
        assertThat(text(next)).isEqualTo("1");
    }

    @Test
    void aTenantWithTwoStuckTransformationsRunsNoneAndTheOthersGoOn() {
        List<Runnable> stuck = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            apply(webhook("wh_" + i, "1", "hostile"), "{}");
            stuck.add(threads.take());
        }
        Future<Transformed> ran = apply(webhook("wh_2", "2", "hostile"), "{}");
        Future<Transformed> waits = apply(webhook("wh_3", "1", "hostile"), "{}");
        timers.advance(PATIENCE);
        threads.runAll();
        assertThat(text(ran)).isEqualTo("2");
        assertThat(failure(waits)).isEqualTo("two transformations of this tenant have not ended");
        assertThat(failure(apply(webhook("wh_3", "1", "hostile"), "{}")))
                .isEqualTo("two transformations of this tenant have not ended");

        Future<Transformed> other = apply(webhook("wh_4", "4", "friendly"), "{}");
        threads.runAll();
        assertThat(text(other)).isEqualTo("4");

        stuck.get(0).run();
        Future<Transformed> again = apply(webhook("wh_3", "3", "hostile"), "{}");
        threads.runAll();
        assertThat(text(again)).isEqualTo("3");
    }

    @Test
    void letsTenantsTakeTurnsHoweverManyWebhooksOneHas() {
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            apply(webhook("wh_" + i, "1", "many"), "{}").onSuccess(done -> order.add("many"));
        }
        apply(webhook("wh_7", "1", "one"), "{}").onSuccess(done -> order.add("one"));
        threads.runAll();
        assertThat(order.indexOf("one")).isEqualTo(3);
        assertThat(order).hasSize(7);
    }

    @Test
    void remembersNoMoreWebhooksBesideOneThatIsStuck() {
        apply(webhook("wh_stuck", "1"), "{}");
        threads.take();
        timers.advance(PATIENCE);
        for (int i = 0; i < 1200; i++) {
            apply(webhook("wh_" + i, "1"), "{}");
            threads.runAll();
        }
        assertThat(transforms.remembered()).isEqualTo(1024);
    }

    @Test
    void twoUsersOfOneLoopHaveThreadsOfTheirOwn() throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch ran = new CountDownLatch(1);
        vertx.getOrCreateContext().runOnContext(go -> {
            Workers.of(vertx).start().run(() -> {
                never.await();
                return 1;
            });
            Workers.of(vertx).start().run(() -> {
                ran.countDown();
                return 2;
            });
        });
        assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        never.countDown();
        vertx.close().await();
    }

    @Test
    void saysThatAnExpressionCannotBeRead() {
        Future<Transformed> transformed = apply(webhook("wh_1", "no ! longer"), "{}");
        threads.runAll();
        assertThat(failure(transformed)).startsWith("the expression cannot be read: at character 4");
    }

    private Future<Transformed> apply(Webhook webhook, String event) {
        return transforms.apply(webhook, () -> event.getBytes(StandardCharsets.UTF_8));
    }

    private static Webhook webhook(String id, String expression) {
        return webhook(id, expression, "default");
    }

    private static Webhook webhook(String id, String expression, String tenant) {
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

    private static String text(Future<Transformed> transformed) {
        assertThat(transformed.result()).isInstanceOf(Transformed.Body.class);
        return new String(((Transformed.Body) transformed.result()).json(), StandardCharsets.UTF_8);
    }

    private static String failure(Future<Transformed> transformed) {
        assertThat(transformed.result()).isInstanceOf(Transformed.Failed.class);
        return ((Transformed.Failed) transformed.result()).detail();
    }

    /** Threads that work when they are told to. */
    private static final class Threads implements Workers {
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
