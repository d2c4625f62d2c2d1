package dev.sluice.delivery.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.policy.Circuit;
import dev.sluice.testing.LoggedErrors;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.junit.jupiter.api.Test;

class RecorderOutageTest extends RecorderHarness {
    @Test
    void writesTheSameLaterWhenRedisIsBack() {
        log.goAway();
        deliver(LANE, 1);
        flush();
        deliver(LANE, 2);
        flush();
        log.comeBack();
        flush();
        assertThat(kept(LANE)).isEqualTo(deliveries(LANE, 1, 3));
        assertThat(dropped).isZero();
    }

    @Test
    void dropsTheOldestWhileRedisIsAwayForLongAndTriesNoMoreOftenForIt() {
        log.goAway();
        for (int i = 0; i < Recorder.MOST + 100; i++) {
            deliver(i % 20 == 0 ? OTHER : LANE, i);
        }
        flush();
        assertThat(log.writes()).isEqualTo(2);
        assertThat(dropped).isEqualTo(100);
        log.comeBack();
        flush();
        assertThat(kept(LANE))
                .hasSize(KEPT)
                .endsWith(delivery(LANE, Recorder.MOST + 99).id());
        assertThat(kept(OTHER)).startsWith(delivery(OTHER, 100).id());
    }

    @Test
    void remembersAcrossAnOutageWhatTheStandingIs() {
        log.goAway();
        fail(LANE, 1);
        recorder.circuit(LANE, Circuit.State.OPEN, "failures");
        fail(OTHER, 1);
        flush();
        deliver(LANE, 2);
        fail(LANE, 3);
        deliver(OTHER, 2);
        log.comeBack();
        flush();
        Standing standing = standing(LANE);
        assertThat(standing.circuit()).isEqualTo(Circuit.State.OPEN);
        assertThat(standing.failingSince()).isNotNull();
        assertThat(standing.last().deliveryId()).isEqualTo(delivery(LANE, 3).id());
        assertThat(standing(OTHER).failingSince()).isNull();
    }

    /** As where one master of a cluster is away. */
    @Test
    void writesAgainWhatFailedAndNothingElse() {
        log.goAwayFor(LANE.webhookId());
        deliver(LANE, 1);
        deliver(OTHER, 1);
        flush();
        deliver(LANE, 2);
        flush();
        assertThat(kept(LANE)).isEmpty();
        assertThat(kept(OTHER)).isEqualTo(deliveries(OTHER, 1, 2));
        log.comeBack();
        flush();
        assertThat(kept(LANE)).isEqualTo(deliveries(LANE, 1, 3));
        assertThat(kept(OTHER)).isEqualTo(deliveries(OTHER, 1, 2));
    }

    @Test
    void losesWhatIsRefusedAloneWhileSomethingElseIsAway() {
        log.goAwayFor(LANE.webhookId());
        log.failFor(OTHER.webhookId(), new IllegalStateException("WRONGTYPE"));
        deliver(LANE, 1);
        deliver(OTHER, 1);
        flush();
        assertThat(dropped).isEqualTo(1);
        log.comeBack();
        flush();
        assertThat(kept(LANE)).isEqualTo(deliveries(LANE, 1, 2));
        assertThat(kept(OTHER)).isEmpty();
        assertThat(standing(LANE).last().deliveryId())
                .isEqualTo(delivery(LANE, 1).id());
    }

    @Test
    void losesWhatRedisRefusesAndGoesOn() {
        log.fail(new IllegalStateException("WRONGTYPE"));
        deliver(LANE, 1);
        flush();
        assertThat(dropped).isEqualTo(1);
        log.comeBack();
        deliver(LANE, 2);
        flush();
        assertThat(kept(LANE)).isEqualTo(deliveries(LANE, 2, 3));
    }

    @Test
    void saysOnceThatRedisRefusesWhatItWritesAndCountsEachTime() {
        try (LoggedErrors logged = new LoggedErrors()) {
            log.fail(new IllegalStateException("WRONGTYPE"));
            for (int i = 0; i < 10; i++) {
                deliver(LANE, i);
                flush();
            }
            assertThat(logged.all()).hasSize(1);
        }
        assertThat(faults).hasSize(10).containsOnly("write the history");
        log.goAway();
        deliver(LANE, 10);
        flush();
        assertThat(faults).as("an outage is no fault").hasSize(10);
    }

    @Test
    void aDrainWritesWhatIsThereAlsoBehindAWriteThatIsOut() {
        Promise<Void> answer = Promise.promise();
        log.answerAfter(answer.future());
        deliver(LANE, 1);
        flush();
        deliver(LANE, 2);
        flush();
        Future<Void> drained = recorder.drain();
        assertThat(log.writes()).isEqualTo(1);
        assertThat(drained.isComplete()).isFalse();
        answer.complete();
        assertThat(log.writes()).isEqualTo(2);
        assertThat(drained.succeeded()).isTrue();
        assertThat(kept(LANE)).isEqualTo(deliveries(LANE, 1, 3));
    }

    @Test
    void aDrainEndsAlsoWithoutRedis() {
        log.goAway();
        deliver(LANE, 1);
        assertThat(recorder.drain().succeeded()).isTrue();
    }
}
