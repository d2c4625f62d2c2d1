package dev.sluice.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.boot.Drain.Budget;
import dev.sluice.testing.ManualTicker;
import dev.sluice.time.Ticker;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DrainTest {
    private static final Duration ENOUGH = Duration.ofMinutes(10);
    private static final Duration SCARCE = Duration.ofMillis(50);

    private final Drain drain = new Drain(Ticker.SYSTEM);
    private final List<DrainStep> ended = new CopyOnWriteArrayList<>();
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void letGo() {
        never.countDown();
    }

    private void started(DrainStep... steps) {
        Stream.of(steps)
                .forEach(step -> drain.started(step, patience -> {
                    ended.add(step);
                    return Future.succeededFuture();
                }));
    }

    @Test
    void undoesWhatWasStartedAndNothingElseTheLatestFirst() {
        started(DrainStep.STORAGE, DrainStep.EVENT_LOOPS, DrainStep.REQUESTS);
        drain.run(ENOUGH);
        assertThat(ended).containsExactly(DrainStep.REQUESTS, DrainStep.EVENT_LOOPS, DrainStep.STORAGE);
    }

    @Test
    void waitsForEachBeforeTheNext() {
        Promise<Void> replays = Promise.promise();
        started(DrainStep.DELIVERIES);
        drain.started(DrainStep.REPLAYS, patience -> {
            new Thread(() -> {
                        ended.add(DrainStep.REPLAYS);
                        replays.complete();
                    })
                    .start();
            return replays.future();
        });
        drain.run(ENOUGH);
        assertThat(ended).containsExactly(DrainStep.REPLAYS, DrainStep.DELIVERIES);
    }

    @Test
    void goesOnWhenAStepNeverEndsBlocksOrFails() {
        started(DrainStep.STORAGE);
        drain.started(DrainStep.REDIS, patience -> Promise.promise().future());
        drain.started(DrainStep.JOURNAL, patience -> {
            never.await();
            return Future.succeededFuture();
        });
        drain.started(DrainStep.DELIVERIES, patience -> Future.failedFuture("a failure"));
        drain.started(DrainStep.REQUESTS, patience -> {
            throw new IllegalStateException("a throw");
        });
        drain.run(SCARCE);
        assertThat(ended).containsExactly(DrainStep.STORAGE);
    }

    @Test
    void refusesWhatIsStartedAfterItBeganAndUndoesItWhenItRunsAgain() {
        drain.run(ENOUGH);
        assertThatThrownBy(() -> started(DrainStep.STORAGE)).isInstanceOf(StartFailure.class);
        assertThat(ended).isEmpty();

        drain.run(ENOUGH);
        assertThat(ended).containsExactly(DrainStep.STORAGE);
    }

    @Test
    void allStepsTogetherTakeNoLongerThanTheBudgetThoughEachTakesAllItMay() {
        ManualTicker clock = new ManualTicker();
        Budget budget = new Budget(clock.nanos(), Duration.ofSeconds(25));
        for (DrainStep step : DrainStep.values()) {
            clock.advance(budget.patience(step, clock.nanos()));
        }
        assertThat(clock.passed()).isEqualTo(Duration.ofSeconds(25));
    }

    @Test
    void whatAStepLeavesIsThereForThoseBehindIt() {
        Budget budget = new Budget(0, Duration.ofSeconds(100));
        Duration allBefore = budget.patience(DrainStep.READING, 0);

        assertThat(budget.patience(DrainStep.DELIVERIES, 0)).isEqualTo(Duration.ofSeconds(88));
        assertThat(budget.patience(DrainStep.DELIVERIES, allBefore.toNanos()))
                .isEqualTo(Duration.ofSeconds(88).minus(allBefore));
    }

    @Test
    void aStepThatIsLateIsBegunAllTheSame() {
        Budget budget = new Budget(0, Duration.ofSeconds(1));
        assertThat(budget.patience(DrainStep.REQUESTS, Duration.ofSeconds(2).toNanos()))
                .isPositive();
    }
}
