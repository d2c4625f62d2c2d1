package dev.sluice.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryPlanTest {
    private static final long MIB = 1 << 20;
    private static final long LARGEST = 5 * MIB;

    /** How often a byte of each purpose is in the heap, as the package says. */
    private static long inHeap(MemoryPlan plan) {
        return 4 * plan.ingest() + plan.window() + plan.parked() + plan.wire() + 2 * plan.writes() + plan.answers();
    }

    @ParameterizedTest
    @ValueSource(longs = {256, 512, 1024, 8192})
    void takesLessThanThreeFifthsOfTheHeapIfAllOfItIsTakenAtOnce(long mib) {
        assertThat(inHeap(MemoryPlan.of(mib * MIB, LARGEST))).isLessThan(mib * MIB * 3 / 5);
    }

    @ParameterizedTest
    @ValueSource(longs = {16, 64, 256})
    void hasRoomForTheLargestEventHoweverSmallTheHeap(long mib) {
        MemoryPlan plan = MemoryPlan.of(mib * MIB, LARGEST);
        assertThat(plan.ingest()).isGreaterThanOrEqualTo(2 * LARGEST);
        assertThat(plan.window()).isGreaterThanOrEqualTo(LARGEST);
        assertThat(plan.wire()).isGreaterThanOrEqualTo(4 * LARGEST);
    }

    /** A quarter of the wire, and of what Redis has, is for endpoints that are well; a body counts a third more on the wire. */
    @ParameterizedTest
    @ValueSource(longs = {16, 64, 256, 1024})
    void whatHangsLeavesAQuarterOfWhatRedisHas(long mib) {
        MemoryPlan plan = MemoryPlan.of(mib * MIB, LARGEST);
        long hanging = plan.wire() * 3 / 4 * 3 / 4;
        assertThat(hanging).isLessThanOrEqualTo(plan.parked() * 3 / 4);
    }

    @Test
    void quotaGivesWhatIsFreeAndOneOfAnySizeWhenNothingIsHeld() {
        Quota quota = new Quota(100);
        assertThat(quota.take(150)).isTrue();
        assertThat(quota.take(1)).isFalse();
        assertThat(quota.free()).isZero();
        quota.giveBack(150);
        assertThat(quota.take(60)).isTrue();
        assertThat(quota.take(41)).isFalse();
        assertThat(quota.take(40)).isTrue();
    }
}
