package dev.sluice.delivery.policy.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceFinderTest {
    private static final FoundPace PACE = new FoundPace(5, 10, Duration.ofSeconds(1), false);

    private final PaceFinder finder = new PaceFinder();

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
}
