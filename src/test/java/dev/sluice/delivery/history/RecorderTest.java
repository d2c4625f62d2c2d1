package dev.sluice.delivery.history;

import static dev.sluice.testing.NumberedEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.DeliveryConfig;
import dev.sluice.config.DeliveryConfig.KeptAttempts;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.FailingWebhook;
import dev.sluice.delivery.Fate;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Circuit;
import dev.sluice.delivery.redis.DeliveryConfigs;
import dev.sluice.fault.FaultListener;
import dev.sluice.fault.Faults;
import dev.sluice.fault.Retries;
import dev.sluice.testing.InMemoryAttemptLog;
import dev.sluice.testing.LoggedErrors;
import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.ManualTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecorderTest {
    private static final LaneKey LANE = new LaneKey("wh_1", "default");
    private static final LaneKey OTHER = new LaneKey("wh_2", "default");
    private static final int KEPT = 1000;
    private static final Answer OK = new Answer.Status(200, null, null, "thanks", Duration.ofNanos(12_345_678));

    private final ManualTicker clock = new ManualTicker();
    private final ManualTimers timers = new ManualTimers(clock);
    private final List<FailingWebhook> failing = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final InMemoryAttemptLog log = new InMemoryAttemptLog(clock, config(KeptAttempts.ALL));
    private final Recorder recorder = recorder(log, KeptAttempts.ALL);
    private int dropped;

    private Recorder recorder(AttemptLog to, KeptAttempts kept) {
        Faults told = new Faults(new FaultListener() {
            @Override
            public void failed(String what) {
                faults.add(what);
            }
        });
        return new Recorder(
                to, config(kept), clock, new Retries(told, timers), failing::add, lines -> dropped += lines);
    }

    private static DeliveryConfig config(KeptAttempts kept) {
        return DeliveryConfigs.history(Duration.ofDays(1), kept, KEPT, DeliveryConfigs.CIRCUIT);
    }

    private static Delivery delivery(LaneKey lane, int number) {
        return new Delivery(
                Delivery.id(event(number).id(), lane.webhookId()),
                event(number),
                lane.webhookId(),
                null,
                0,
                "",
                new Delivery.Origin.Journaled(0, 0, 0));
    }

    private void deliver(LaneKey lane, int number) {
        recorder.attempted(lane, delivery(lane, number), 1, OK, Fate.DELIVERED, Duration.ZERO);
    }

    private static Answer status(int code, String excerpt) {
        return new Answer.Status(code, null, null, excerpt, Duration.ofMillis(5));
    }

    private void fail(LaneKey lane, int number) {
        recorder.attempted(lane, delivery(lane, number), 1, status(500, "no"), Fate.RETRYING, Duration.ofSeconds(5));
    }

    private void flush() {
        timers.advance(Recorder.EVERY);
    }

    private List<String> kept(LaneKey lane) {
        return log.attempts(lane.webhookId()).stream()
                .map(AttemptRecord::deliveryId)
                .toList();
    }

    private static List<String> deliveries(LaneKey lane, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> delivery(lane, i).id()).toList();
    }

    @Test
    void writesWhatItWasToldInAQuarterOfASecondAsOneWrite() {
        deliver(LANE, 1);
        deliver(OTHER, 1);
        deliver(LANE, 2);
        assertThat(log.writes()).isZero();
        flush();
        assertThat(log.writes()).isEqualTo(1);
        assertThat(kept(LANE)).isEqualTo(deliveries(LANE, 1, 3));
        assertThat(kept(OTHER)).isEqualTo(deliveries(OTHER, 1, 2));
    }

    @Test
    void writesNothingAndHasNoTimerWhileNothingHappens() {
        assertThat(timers.count()).isZero();
        deliver(LANE, 1);
        deliver(LANE, 2);
        assertThat(timers.count()).isEqualTo(1);
        flush();
        assertThat(timers.count()).isZero();
    }

    @Test
    void saysWhenTheNextAttemptIsAndWhatWasAnswered() {
        fail(LANE, 1);
        flush();
        AttemptRecord attempt = log.attempts(LANE.webhookId()).get(0);
        assertThat(attempt.at()).isEqualTo(ManualTicker.START);
        assertThat(attempt.nextAt()).isEqualTo(ManualTicker.START.plusSeconds(5));
        assertThat(attempt.type()).isEqualTo("entry.update");
        assertThat(attempt.answer()).isEqualTo(status(500, "no"));
    }

    @Test
    void keepsOfAnAnswerWhatIsWorthIt() {
        String long1 = "x".repeat(511) + "\uD83D\uDE00";
        deliver(LANE, 1);
        recorder.attempted(LANE, delivery(LANE, 2), 1, status(500, long1), Fate.DEAD, Duration.ZERO);
        Answer failure = new Answer.Failure(Answer.Kind.TLS, "y".repeat(600), Duration.ofMillis(5));
        recorder.attempted(LANE, delivery(LANE, 3), 1, failure, Fate.DEAD, Duration.ZERO);
        flush();
        List<AttemptRecord> kept = log.attempts(LANE.webhookId());
        assertThat(kept.get(0).answer()).isEqualTo(new Answer.Status(200, null, null, "", Duration.ofMillis(12)));
        assertThat(kept.get(1).answer()).isEqualTo(status(500, "x".repeat(511)));
        assertThat(kept.get(2).answer())
                .isEqualTo(new Answer.Failure(Answer.Kind.TLS, "y".repeat(512), Duration.ofMillis(5)));
    }

    @Test
    void doesNotWaitWhereMuchComes() {
        for (int i = 0; i < Recorder.ENOUGH; i++) {
            deliver(i % 2 == 0 ? LANE : OTHER, i);
        }
        assertThat(log.writes()).isEqualTo(1);
    }

    @Test
    void writesOfAWebhookNoMoreThanIsKept() {
        for (int i = 0; i < 3000; i++) {
            deliver(LANE, i);
        }
        deliver(OTHER, 1);
        flush();
        assertThat(kept(LANE)).isEqualTo(deliveries(LANE, 2000, 3000));
        assertThat(kept(OTHER)).hasSize(1);
        assertThat(dropped).isZero();
    }

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
    void keepsFailuresOnlyOrNothingButAlwaysTheStanding() {
        for (KeptAttempts kept : List.of(KeptAttempts.FAILURES, KeptAttempts.NONE)) {
            LaneKey lane = new LaneKey("wh_" + kept, "default");
            Recorder frugal = recorder(log, kept);
            frugal.attempted(lane, delivery(lane, 1), 1, status(500, ""), Fate.RETRYING, Duration.ofSeconds(5));
            frugal.attempted(lane, delivery(lane, 2), 1, OK, Fate.DELIVERED, Duration.ZERO);
            flush();
            assertThat(kept(lane)).hasSize(kept == KeptAttempts.FAILURES ? 1 : 0);
            assertThat(standing(lane).last().fate()).isEqualTo(Fate.DELIVERED);
        }
    }

    @Test
    void tellsOfAWebhookThatOnlyFailedForTooLong() {
        for (int hours = 0; hours <= 120; hours += 12) {
            fail(LANE, hours);
            assertThat(failing).isEmpty();
            flush();
            timers.advance(Duration.ofHours(12).minus(Recorder.EVERY));
        }
        assertThat(failing).containsExactly(new FailingWebhook(LANE, ManualTicker.START.plus(Recorder.EVERY)));
    }

    @Test
    void judgesAnewWhenTheWebhookWasDisabled() {
        for (int hours = 0; hours < 240; hours += 12) {
            fail(LANE, hours);
            flush();
            if (hours == 108) {
                recorder.startOver(LANE);
            }
            timers.advance(Duration.ofHours(12).minus(Recorder.EVERY));
        }
        assertThat(failing).isEmpty();
    }

    @Test
    void keepsAnEndWithoutAnAttemptAndJudgesNobodyByIt() {
        recorder.ended(LANE, delivery(LANE, 1).id(), Fate.COALESCED, "evt_2 was sent");
        flush();
        assertThat(log.attempts(LANE.webhookId()).get(0).reason()).isEqualTo("evt_2 was sent");
        assertThat(standing(LANE).failingSince()).isNull();
    }

    @Test
    void aDrainWritesWhatIsThereAlsoBehindAWriteThatIsOut() {
        Promise<List<Optional<AttemptLog.Failing>>> answer = Promise.promise();
        List<Report> written = new ArrayList<>();
        Recorder slow = recorder(
                new Slow(reports -> {
                    written.addAll(reports);
                    return answer.future();
                }),
                KeptAttempts.ALL);
        slow.attempted(LANE, delivery(LANE, 1), 1, OK, Fate.DELIVERED, Duration.ZERO);
        flush();
        slow.attempted(LANE, delivery(LANE, 2), 1, OK, Fate.DELIVERED, Duration.ZERO);
        flush();
        Future<Void> drained = slow.drain();
        assertThat(written).hasSize(1);
        assertThat(drained.isComplete()).isFalse();
        answer.complete(List.of(Optional.empty()));
        assertThat(written).hasSize(2);
        assertThat(drained.succeeded()).isTrue();
    }

    @Test
    void aDrainEndsAlsoWithoutRedis() {
        log.goAway();
        deliver(LANE, 1);
        assertThat(recorder.drain().succeeded()).isTrue();
    }

    private Standing standing(LaneKey lane) {
        return log.standings(List.of(lane.webhookId())).result().get(0).orElseThrow();
    }

    /** Answers when the test says so. */
    private record Slow(java.util.function.Function<List<Report>, Future<List<Optional<Failing>>>> append)
            implements AttemptLog {
        @Override
        public Future<List<Optional<Failing>>> append(List<Report> reports) {
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
