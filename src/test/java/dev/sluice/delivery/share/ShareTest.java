package dev.sluice.delivery.share;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShareTest {
    private static final long MIB = 1 << 20;

    private final Share share = new Share(1000, 400, MIB);

    @Test
    void aLaneMayTakeHalfOfWhatIsFree() {
        assertThat(share.part(600, 0)).isEqualTo(200);
    }

    @Test
    void aLaneTakesNoMoreThanItsMostOfAnEmptyPool() {
        assertThat(share.part(0, 0)).isEqualTo(400);
    }

    @Test
    void aLaneThatFinishesMuchMayHoldAsMuchThoughThePoolIsTaken() {
        assertThat(share.part(1000, 350)).isEqualTo(350);
    }

    @Test
    void noLaneMayHoldMoreThanThePool() {
        assertThat(share.part(0, 50_000)).isEqualTo(1000);
    }

    @Test
    void aLaneThatNeverFinishedAnythingMayTakeNothingOfAPoolThatIsOverdrawn() {
        assertThat(share.part(1200, 0)).isZero();
    }

    @Test
    void greedyLanesLeaveRoomForTheNext() {
        int held = 0;
        for (int lane = 0; lane < 8; lane++) {
            held += share.part(held, 0);
        }
        assertThat(held).isLessThan(1000);
        assertThat(share.part(held, 0)).isPositive();
    }

    @Test
    void aLaneMayTakeHalfOfTheBytesThatAreFreeHoweverFewDeliveriesTheyAre() {
        assertThat(share.limitBytes(0, 0)).isEqualTo(MIB / 2);
        assertThat(share.limitBytes(MIB / 2, 0)).isEqualTo(MIB / 4);
        assertThat(share.limitBytes(2 * MIB, 0)).isZero();
    }

    @Test
    void aLaneThatFinishesManyBytesMayHoldAsManyAndNeverMoreThanAll() {
        assertThat(share.limitBytes(MIB, 700_000)).isEqualTo(700_000);
        assertThat(share.limitBytes(0, 50 * MIB)).isEqualTo(MIB);
    }
}
