package dev.sluice.delivery.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.DeliveryConfig.KeptAttempts;
import dev.sluice.delivery.Fate;
import dev.sluice.delivery.policy.Circuit;
import dev.sluice.testing.LoggedErrors;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
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
        Promise<Optional<AttemptLog.Failing>> answer = Promise.promise();
        List<Report> written = new ArrayList<>();
        Recorder slow = recorder(
                new Slow(reports -> {
                    written.addAll(reports);
                    return List.of(answer.future());
                }),
                KeptAttempts.ALL);
        slow.attempted(LANE, delivery(LANE, 1), 1, OK, Fate.DELIVERED, Duration.ZERO);
        flush();
        slow.attempted(LANE, delivery(LANE, 2), 1, OK, Fate.DELIVERED, Duration.ZERO);
        flush();
        Future<Void> drained = slow.drain();
        assertThat(written).hasSize(1);
        assertThat(drained.isComplete()).isFalse();
        answer.complete(Optional.empty());
        assertThat(written).hasSize(2);
        assertThat(drained.succeeded()).isTrue();
    }

    @Test
    void aDrainEndsAlsoWithoutRedis() {
        log.goAway();
        deliver(LANE, 1);
        assertThat(recorder.drain().succeeded()).isTrue();
    }

    /** Answers when the test says so. */
    private record Slow(java.util.function.Function<List<Report>, List<Future<Optional<Failing>>>> append)
            implements AttemptLog {
        @Override
        public List<Future<Optional<Failing>>> append(List<Report> reports) {
            return append.apply(reports);
        }

        @Override
        public Future<Page> list(
                String webhookId, Predicate<AttemptRecord> filter, @Nullable String cursor, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Future<List<List<AttemptRecord>>> of(List<String> deliveryIds) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Future<List<Optional<Standing>>> standings(List<String> webhookIds) {
            throw new UnsupportedOperationException();
        }
    }
}
