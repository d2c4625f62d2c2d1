package dev.sluice.delivery.policy.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceFinderTest {
    private static final FoundPace PACE = new FoundPace(5, 10, Duration.ofSeconds(1), false);

    private static final Duration TWO = Duration.ofSeconds(2);
    private static final long QUARTER = Duration.ofMillis(250).toNanos();

    private final PaceFinder finder = new PaceFinder();

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    private static long minutes(long minutes) {
        return Duration.ofMinutes(minutes).toNanos();
    }

    /** Nothing was taken since the first of its refusals, so it is as old as that. */
    @Test
    void keepsAPaceWhileTheEndpointRefusesEverything() {
        for (int minute = 0; minute < 60; minute++) {
            finder.take(new SharedPace(1 + minute, PACE, 0, Duration.ofMinutes(minute)), minutes(minute));
            assertThat(finder.pace(minutes(minute))).isNotNull();
        }
    }

    @Test
    void forgetsAPaceAQuarterOfAnHourAfterTheLastRefusal() {
        finder.take(new SharedPace(1, PACE, 0, Duration.ZERO), 0);
        finder.take(new SharedPace(1, PACE, 9, Duration.ofMinutes(14)), minutes(14));
        assertThat(finder.pace(minutes(15) - 1)).isNotNull();
        assertThat(finder.pace(minutes(15))).isNull();
    }

    @Test
    void findsAPaceAtTheFirstRefusalFromWhatWasTakenLately() {
        taken(20, 0);
        assertThat(finder.shouldAsk(seconds(4))).isFalse();
        finder.refused(TWO);
        assertThat(finder.shouldAsk(seconds(4))).isTrue();
        assertThat(finder.asked(seconds(4))).isZero();
        assertThat(finder.answered(0, null, seconds(4)))
                .isEqualTo(FoundPace.guess(20, Duration.ofSeconds(4), TWO))
                .isPresent();
    }

    @Test
    void findsTheNextPaceFromWhatAllPodsTook() {
        finder.take(new SharedPace(3, PACE, 0, Duration.ZERO), 0);
        taken(7, 0);
        finder.refused(TWO);
        assertThat(finder.asked(seconds(10))).isEqualTo(7);
        SharedPace latest = new SharedPace(3, PACE, 60, Duration.ofSeconds(10));
        assertThat(finder.answered(7, latest, seconds(10))).contains(PACE.refused(60, Duration.ofSeconds(10), TWO));
    }

    @Test
    void takesOverWhatAnotherPodFoundMeanwhile() {
        taken(20, 0);
        finder.refused(TWO);
        finder.asked(0);
        SharedPace others = new SharedPace(4, PACE, 0, Duration.ZERO);
        assertThat(finder.answered(0, others, 0)).isEmpty();
        assertThat(finder.pace(0)).isEqualTo(others);
        assertThat(finder.shouldAsk(seconds(1))).as("its refusal is in that").isFalse();
    }

    @Test
    void findsNothingWhereNothingWasRefused() {
        finder.take(new SharedPace(3, PACE, 0, Duration.ZERO), 0);
        taken(7, 0);
        finder.asked(0);
        assertThat(finder.answered(7, new SharedPace(3, PACE, 60, Duration.ofSeconds(10)), 0))
                .isEmpty();
    }

    @Test
    void tellsOfWhatIsTakenAFewTimesASecond() {
        finder.take(new SharedPace(1, PACE, 0, Duration.ZERO), 0);
        assertThat(finder.shouldAsk(0)).as("nothing to tell").isFalse();
        taken(1, 0);
        assertThat(finder.shouldAsk(0)).isTrue();
        finder.asked(0);
        taken(1, 0);
        assertThat(finder.shouldAsk(seconds(60))).as("one question at a time").isFalse();
        finder.answered(1, new SharedPace(1, PACE, 1, Duration.ZERO), 0);
        assertThat(finder.shouldAsk(QUARTER - 1)).isFalse();
        assertThat(finder.shouldAsk(QUARTER)).isTrue();
        assertThat(finder.asked(QUARTER)).isOne();
    }

    @Test
    void tellsAgainWhatRedisDidNotHear() {
        finder.take(new SharedPace(1, PACE, 0, Duration.ZERO), 0);
        taken(5, 0);
        finder.asked(0);
        finder.failed();
        assertThat(finder.shouldAsk(QUARTER)).isTrue();
        assertThat(finder.asked(QUARTER)).isEqualTo(5);
    }

    @Test
    void looksThreeTimesForWhatAnotherPodMayHaveFound() {
        finder.look();
        for (int look = 0; look < 3; look++) {
            assertThat(finder.shouldAsk(look * QUARTER)).isTrue();
            finder.asked(look * QUARTER);
            finder.answered(0, null, look * QUARTER);
        }
        assertThat(finder.shouldAsk(seconds(60))).isFalse();
    }

    @Test
    void looksNoMoreOnceItFoundOne() {
        finder.look();
        finder.asked(0);
        finder.answered(0, new SharedPace(1, PACE, 0, Duration.ZERO), 0);
        assertThat(finder.shouldAsk(seconds(60))).isFalse();
    }

    @Test
    void countsWhatItTookItselfSinceItLastHeard() {
        finder.take(new SharedPace(1, PACE, 40, Duration.ofSeconds(8)), seconds(1));
        taken(2, seconds(2));
        assertThat(finder.pace(seconds(3))).isEqualTo(new SharedPace(1, PACE, 42, Duration.ofSeconds(10)));
    }

    @Test
    void countsAnewWhereAPaceIsForgotten() {
        taken(20, 0);
        finder.take(new SharedPace(1, PACE, 0, Duration.ZERO), 0);
        taken(5, 0);
        finder.take(null, seconds(1));
        assertThat(finder.pace(seconds(1))).isNull();
        assertThat(finder.shouldAsk(seconds(1))).as("nothing is left to tell").isFalse();
        finder.refused(TWO);
        finder.asked(seconds(1));
        assertThat(finder.answered(0, null, seconds(1)))
                .as("nothing was taken since")
                .isEmpty();
    }

    private void taken(int times, long now) {
        for (int i = 0; i < times; i++) {
            finder.taken(now);
        }
    }
}
