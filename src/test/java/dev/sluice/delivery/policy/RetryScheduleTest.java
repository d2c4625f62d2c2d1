package dev.sluice.delivery.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    private final RetrySchedule schedule =
            new RetrySchedule(List.of(Duration.ofSeconds(5), Duration.ofMinutes(5)), 0.2);

    @Test
    void waitsLongerOrShorterByTheJitter() {
        assertThat(schedule.delay(1, 0)).isEqualTo(Duration.ofSeconds(4));
        assertThat(schedule.delay(1, 0.5)).isEqualTo(Duration.ofSeconds(5));
        assertThat(schedule.delay(2, 0.75)).isEqualTo(Duration.ofSeconds(330));
    }

    @Test
    void addsJitterOnlyUpwardsToAWaitThatWasAskedFor() {
        assertThat(schedule.noEarlierThan(Duration.ofSeconds(10), 0)).isEqualTo(Duration.ofSeconds(10));
        assertThat(schedule.noEarlierThan(Duration.ofSeconds(10), 0.5)).isEqualTo(Duration.ofSeconds(11));
    }

    @Test
    void isExhaustedByTheAttemptAfterTheLastDelay() {
        assertThat(schedule.exhaustedBy(2)).isFalse();
        assertThat(schedule.exhaustedBy(3)).isTrue();
        assertThat(new RetrySchedule(List.of(), 0).exhaustedBy(1)).isTrue();
    }

    @Test
    void refusesWhatIsNoSchedule() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetrySchedule(List.of(Duration.ZERO), 0))
                .withMessage("delays: [PT0S] (expected: each > 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetrySchedule(List.of(), 1.5))
                .withMessage("jitter: 1.5 (expected: 0 to 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedule.delay(3, 0))
                .withMessage("attempt: 3 (expected: 1 to 2)");
    }
}
