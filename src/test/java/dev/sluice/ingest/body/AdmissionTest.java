package dev.sluice.ingest.body;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ingest.body.Admission.Hold;
import dev.sluice.ingest.body.Admission.Offer;
import dev.sluice.memory.Quota;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final Admission admission = new Admission(10, new Quota(2000));

    @Test
    void isOpenForABodyThatFits() {
        assertThat(admission.offer(1000)).isEqualTo(Offer.OPEN);
        assertThat(admission.offer(1001)).isEqualTo(Offer.FULL);
    }

    @Test
    void isFullWhenTheLastEventIsTaken() {
        Hold hold = admission.hold();
        assertThat(hold.events(10)).isTrue();
        assertThat(admission.offer(0)).isEqualTo(Offer.FULL);

        hold.done(1, 0);
        assertThat(admission.offer(0)).isEqualTo(Offer.OPEN);
    }

    @Test
    void takesAllOfABatchOrNothing() {
        Hold hold = admission.hold();
        assertThat(hold.events(11)).isFalse();
        assertThat(admission.pendingEvents()).isZero();
    }

    @Test
    void countsBytesThatCameNotThoseThatWereAnnounced() {
        admission.offer(900);
        assertThat(admission.pendingBytes()).isZero();

        assertThat(admission.hold().bytes(900)).isTrue();
        assertThat(admission.hold().bytes(551)).isFalse();
        assertThat(admission.offer(551)).isEqualTo(Offer.FULL);
        assertThat(admission.offer(550)).isEqualTo(Offer.OPEN);
    }

    @Test
    void requestsThatNeverEndLeaveRoomForSmallOnes() {
        for (int i = 0; i < 100; i++) {
            Hold endless = admission.hold();
            while (endless.bytes(10)) {
                // one more chunk
            }
        }
        assertThat(admission.offer(10)).isEqualTo(Offer.FULL);
        assertThat(admission.hold().bytes(5)).isTrue();
    }

    @Test
    void loopsShareTheBytesOfThePod() {
        Quota pod = new Quota(1000);
        assertThat(new Admission(10, pod).hold().bytes(400)).isTrue();
        assertThat(new Admission(10, pod).offer(301)).isEqualTo(Offer.FULL);
        assertThat(new Admission(10, pod).offer(300)).isEqualTo(Offer.OPEN);
    }

    @Test
    void letsAStreamExceedTheEventsButNothingElseIn() {
        Hold stream = admission.hold();
        stream.force(500);
        assertThat(admission.isFull()).isTrue();
        assertThat(admission.hold().events(1)).isFalse();
    }

    @Test
    void staysClosedOnceItDrains() {
        admission.drain();
        assertThat(admission.offer(0)).isEqualTo(Offer.DRAINING);
    }

    @Test
    void releasesOnceHoweverOftenItIsAsked() {
        Hold other = admission.hold();
        other.events(3);
        Hold hold = admission.hold();
        hold.events(2);
        hold.bytes(20);
        hold.release();
        hold.release();
        hold.done(2, 20);

        assertThat(admission.pendingEvents()).isEqualTo(3);
        assertThat(admission.pendingBytes()).isZero();
    }

    @Test
    void comesBackToNothingWhateverHappens() {
        SplittableRandom random = new SplittableRandom(7);
        List<Hold> holds = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            Hold hold = holds.isEmpty() || random.nextInt(4) == 0
                    ? admission.hold()
                    : holds.get(random.nextInt(holds.size()));
            holds.add(hold);
            switch (random.nextInt(5)) {
                case 0 -> hold.events(random.nextInt(4));
                case 1 -> hold.bytes(random.nextInt(300));
                case 2 -> hold.force(random.nextInt(3));
                case 3 -> hold.done(random.nextInt(3), random.nextInt(200));
                default -> hold.release();
            }
            assertThat(admission.pendingBytes()).isBetween(0L, 2000L);
            assertThat(admission.pendingEvents()).isNotNegative();
        }
        holds.forEach(Hold::release);

        assertThat(admission.pendingEvents()).isZero();
        assertThat(admission.pendingBytes()).isZero();
    }
}
