package dev.sluice.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.redis.cluster.Slots;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagsTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8, 16, 32, 64, 128})
    void giveEachMasterItsShareWithinOne(int count) {
        for (int masters = 1; masters <= 16; masters++) {
            for (int master = 0; master < masters; master++) {
                int from = Slots.COUNT * master / masters;
                int to = Slots.COUNT * (master + 1) / masters;
                long share = IntStream.range(0, count)
                        .map(number -> Slots.of(Tags.of("f" + number)))
                        .filter(slot -> slot >= from && slot < to)
                        .count();
                assertThat((double) share)
                        .as("%d on master %d of %d", count, master, masters)
                        .isCloseTo((double) count / masters, within(1.0));
            }
        }
    }

    /** What is stored is found by them, so that they may never change. */
    @Test
    void areTheSameForEver() {
        assertThat(IntStream.range(0, 4).mapToObj(number -> Tags.of("f" + number)))
                .containsExactly("f0-350", "f1-336", "f2-245", "f3-223");
        assertThat(IntStream.range(0, 4).mapToObj(number -> Tags.of("q" + number)))
                .containsExactly("q0-113", "q1-175", "q2-447", "q3-421");
    }

    @Test
    void haveAName() {
        assertThat(Tags.name(Tags.of("k17"))).isEqualTo("k17");
        assertThat(Keys.partitionOf(Keys.events("f3"))).isEqualTo("f3");
    }
}
