package dev.sluice.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeartbeatsTest {
    private final ManualTicker ticker = new ManualTicker();
    private final Heartbeats heartbeats = new Heartbeats(3, ticker);

    private void pass(Duration span, int... turning) {
        for (Duration left = span; left.toNanos() > 0; left = left.minus(Heartbeats.PERIOD)) {
            ticker.advance(Heartbeats.PERIOD);
            for (int loop : turning) {
                heartbeats.beat(loop);
            }
        }
    }

    @Test
    void noneIsLateWhileAllTurn() {
        pass(Duration.ofMinutes(1), 0, 1, 2);
        assertThat(heartbeats.late()).isZero();
    }

    @Test
    void oneThatHangsIsLateWhateverTheOthersDo() {
        pass(Heartbeats.OLD.plus(Heartbeats.PERIOD), 0, 2);
        assertThat(heartbeats.late()).isEqualTo(1);
    }

    @Test
    void oneThatTurnsAgainIsLateNoMore() {
        pass(Heartbeats.OLD.multipliedBy(2), 0, 2);
        heartbeats.beat(1);
        assertThat(heartbeats.late()).isZero();
    }

    @Test
    void oneThatNeverTurnedIsLateToo() {
        ticker.advance(Heartbeats.OLD.plusNanos(1));
        assertThat(heartbeats.late()).isEqualTo(3);
    }

    @Test
    void aShortPauseIsNoneOfAnybodysBusiness() {
        ticker.advance(Heartbeats.OLD);
        assertThat(heartbeats.late()).isZero();
    }
}
