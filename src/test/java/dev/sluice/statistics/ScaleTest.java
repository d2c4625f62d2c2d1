package dev.sluice.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScaleTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 10, 250, 1000, 15_000, 86_400_00})
    void findsALengthAgainWithinHalfOfIt(long millis) {
        assertThat(Scale.until(Scale.stepOf(millis))).isBetween(millis, millis + (millis + 1) / 2);
    }

    @Test
    void readsNoLengthTooShortNorTooLongByMoreThanTwoFifths() {
        for (int step = 1; step < Scale.STEPS; step++) {
            double shortest = Scale.until(step - 1) + 1.0;
            assertThat(Scale.until(step) / shortest).as("step %d", step).isLessThan(1.42);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void takesWhatIsShorterThanAMillisecondForOne(long millis) {
        assertThat(Scale.stepOf(millis)).isZero();
    }

    @Test
    void takesWhatIsLongerThanItsEndForItsEnd() {
        assertThat(Scale.stepOf(Long.MAX_VALUE)).isEqualTo(Scale.STEPS - 1);
    }

    @Test
    void readsPercentilesOfWhatWasCounted() {
        long[] counts = new long[Scale.STEPS];
        counts[Scale.stepOf(16)] = 98;
        counts[Scale.stepOf(1024)] = 2;
        assertThat(Scale.percentile(counts, 0.5)).isEqualTo(16);
        assertThat(Scale.percentile(counts, 0.99)).isEqualTo(1024);
        assertThat(Scale.percentile(new long[Scale.STEPS], 0.5)).isEqualTo(-1);
    }
}
