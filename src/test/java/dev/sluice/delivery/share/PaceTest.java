package dev.sluice.delivery.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
    private static final long QUARTER = Duration.ofMillis(250).toNanos();

    @Test
    void countsWhatFinishedNow() {
        Pace pace = new Pace(0);
        pace.finished(10, 0);
        pace.finished(10, 0);
        assertThat(pace.lastSecond(0)).isEqualTo(2);
        assertThat(pace.bytesLastSecond(0)).isEqualTo(20);
    }

    /** The last start is just before the counter of {@link System#nanoTime} turns over. */
    @ParameterizedTest
    @ValueSource(longs = {0, -1, 123_456_789, Long.MIN_VALUE, Long.MAX_VALUE - 700_000_000})
    void forgetsWhatFinishedMoreThanASecondAgo(long start) {
        Pace pace = new Pace(start);
        for (int quarter = 0; quarter < 40; quarter++) {
            long now = start + quarter * QUARTER;
            pace.finished(10, now);
            assertThat(pace.lastSecond(now)).isEqualTo(Math.min(5, quarter + 1));
            assertThat(pace.bytesLastSecond(now)).isEqualTo(10L * Math.min(5, quarter + 1));
        }
        assertThat(pace.lastSecond(start + 39 * QUARTER + 5 * QUARTER)).isZero();
    }

    @Test
    void startsAnewAfterALongPause() {
        Pace pace = new Pace(0);
        pace.finished(10, 0);
        long later = Duration.ofDays(3).toNanos();
        assertThat(pace.lastSecond(later)).isZero();
        pace.finished(10, later);
        assertThat(pace.lastSecond(later)).isEqualTo(1);
    }

    @Test
    void looksAtTheTimeWhicheverIsAskedFirst() {
        Pace pace = new Pace(0);
        pace.finished(10, 0);
        assertThat(pace.bytesLastSecond(5 * QUARTER - 1)).isEqualTo(10);
        assertThat(pace.bytesLastSecond(5 * QUARTER)).isZero();
    }
}
