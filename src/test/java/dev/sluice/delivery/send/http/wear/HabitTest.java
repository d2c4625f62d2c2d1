package dev.sluice.delivery.send.http.wear;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HabitTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long NOW = 100 * SECOND;

    private final Habit habit = new Habit(30 * SECOND, NOW);

    @Test
    void ofAServerThatSaysAndShowsNothingIsTheUsual() {
        assertThat(habit.mostIdle(NOW)).isEqualTo(30 * SECOND);
        assertThat(habit.mostRequests(NOW)).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({
        "timeout=5,                 4000",
        "'timeout=5, max=100',      4000",
        "'max=98, Timeout=20',      18000",
        "timeout=60,                30000",
        "timeout=1,                 500",
        "timeout=0,                 0",
        "timeout=,                  30000",
        "timeout=-1,                30000",
        "timeout=99999999999999999, 30000",
        "max=5,                     30000",
    })
    void whatTheServerAnnouncesIsNotUsedUpToTheEnd(String header, long millis) {
        assertThat(Duration.ofNanos(Math.min(habit.mostIdle(NOW), Habit.announced(header))))
                .hasMillis(millis);
    }

    @Test
    void theAgeAtWhichAServerClosesIsLearnedWhenItIsSeenTwice() {
        habit.closedAfter(5 * SECOND, NOW);
        assertThat(habit.mostIdle(NOW)).isEqualTo(30 * SECOND);
        habit.closedAfter(5 * SECOND + 1, NOW + SECOND);
        assertThat(habit.mostIdle(NOW + SECOND)).isEqualTo(4 * SECOND);
    }

    @Test
    void agesThatDifferTellNothing() {
        for (int i = 1; i <= 10; i++) {
            habit.closedAfter(i % 2 == 0 ? 2 * SECOND : 9 * SECOND, NOW + i * SECOND);
        }
        assertThat(habit.mostIdle(NOW + 11 * SECOND)).isEqualTo(30 * SECOND);
    }

    @Test
    void connectionsThatCloseTogetherTellOfTheEndOfAServerAndNotOfAnAge() {
        for (int i = 0; i < 50; i++) {
            habit.closedAfter(2 * SECOND, NOW + i * SECOND / 1000);
        }
        assertThat(habit.mostIdle(NOW + SECOND)).isEqualTo(30 * SECOND);
    }

    @Test
    void whatClosesBehindEachAnswerTellsOfNoAge() {
        habit.closedAfter(SECOND / 100, NOW);
        habit.closedAfter(SECOND / 100, NOW + SECOND);
        assertThat(habit.mostIdle(NOW + SECOND)).isEqualTo(30 * SECOND);
    }

    @Test
    void whatWasLearnedIsForgottenInTime() {
        habit.closedAfter(5 * SECOND, NOW);
        habit.closedAfter(5 * SECOND, NOW + SECOND);
        habit.stoppedAfter(10, NOW + SECOND);
        habit.stoppedAfter(10, NOW + SECOND);
        assertThat(habit.mostIdle(NOW + 600 * SECOND)).isEqualTo(4 * SECOND);
        assertThat(habit.mostRequests(NOW + 600 * SECOND)).isEqualTo(10);
        assertThat(habit.mostIdle(NOW + 602 * SECOND)).isEqualTo(30 * SECOND);
        assertThat(habit.mostRequests(NOW + 602 * SECOND)).isEqualTo(Long.MAX_VALUE);
    }
}
