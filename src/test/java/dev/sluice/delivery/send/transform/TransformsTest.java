package dev.sluice.delivery.send.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TransformsTest extends TransformsHarness {
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
}
