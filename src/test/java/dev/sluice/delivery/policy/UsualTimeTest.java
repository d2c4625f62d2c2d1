package dev.sluice.delivery.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsualTimeTest {
    private static final int MEMORY = 16;

    private final UsualTime usual = new UsualTime();

    private void add(int times, long millis) {
        for (int i = 0; i < times; i++) {
            usual.add(nanos(millis), MEMORY);
        }
    }

    private static long nanos(long millis) {
        return millis * 1_000_000;
    }

    @Test
    void nothingIsUnusualBeforeSixteenWereSeen() {
        add(15, 100);
        assertThat(usual.isExceededBy(nanos(3_600_000))).isFalse();
        add(1, 100);
        assertThat(usual.isExceededBy(nanos(3_600_000))).isTrue();
    }

    @Test
    void fourTimesTheMeanIsStillUsual() {
        add(16, 200);
        assertThat(usual.isExceededBy(nanos(800))).isFalse();
        assertThat(usual.isExceededBy(nanos(800) + 1)).isTrue();
    }

    @Test
    void nobodyNoticesHalfASecond() {
        add(16, 1);
        assertThat(usual.isExceededBy(nanos(500))).isFalse();
        assertThat(usual.isExceededBy(nanos(500) + 1)).isTrue();
    }

    @Test
    void isTheMeanOfAll() {
        add(8, 100);
        add(8, 300);
        assertThat(usual.isExceededBy(nanos(799))).isFalse();
        assertThat(usual.isExceededBy(nanos(801))).isTrue();
    }

    @Test
    void aSlowOneCountsForNoMoreThanIsJustNotSlow() {
        add(16, 200);
        add(1, 10_000);
        assertThat(usual.isExceededBy(nanos(949)))
                .as("200 + 600 / 16, four times")
                .isFalse();
        assertThat(usual.isExceededBy(nanos(951))).isTrue();
    }
}
