package dev.sluice.delivery.send.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StuckTransformsTest extends TransformsHarness {
    private static final Duration PATIENCE = GIVEN.multipliedBy(4).plusMillis(20);

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
}
