package dev.sluice.delivery.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.DeliveryConfig.KeptAttempts;
import dev.sluice.delivery.FailingWebhook;
import dev.sluice.delivery.Fate;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.testing.ManualTicker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecorderTest extends RecorderHarness {
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
}
