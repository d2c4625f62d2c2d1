package dev.sluice.delivery.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RollingCountsTest {
    /** Just before the counter of {@link System#nanoTime} turns over. */
    private static final long START = Long.MAX_VALUE - 50;

    /** Ten at a time. */
    private final RollingCounts counts = new RollingCounts(Duration.ofNanos(100));

    private void add(int calls, int failures, long at) {
        for (int i = 0; i < calls; i++) {
            counts.add(START + at, i < failures);
        }
    }

    private void assertCounts(int calls, int failures) {
        assertThat(counts.calls()).isEqualTo(calls);
        assertThat(counts.failures()).isEqualTo(failures);
    }

    @Test
    void countsWholeTenthsOfTheWindow() {
        add(3, 2, 0);
        add(1, 1, 99);
        assertCounts(4, 3);
        add(1, 0, 100);
        assertCounts(2, 1);
    }

    @Test
    void forgetsEachTenthByItself() {
        add(3, 2, 0);
        add(4, 1, 10);
        add(5, 5, 25);
        add(1, 0, 101);
        assertCounts(10, 6);
        add(1, 0, 110);
        assertCounts(7, 5);
        add(1, 0, 120);
        assertCounts(3, 0);
    }

    @Test
    void remembersNothingOfBeforeALongPause() {
        add(5, 5, 0);
        add(1, 1, 250);
        assertCounts(1, 1);
        add(1, 0, 305);
        assertCounts(2, 1);
    }
}
