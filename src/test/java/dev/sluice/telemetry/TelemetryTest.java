package dev.sluice.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.DeliveryListener;
import dev.sluice.delivery.policy.Circuit.State;
import dev.sluice.time.Ticker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TelemetryTest {
    private final Telemetry telemetry = new Telemetry(new Heartbeats(1, Ticker.SYSTEM));
    private final DeliveryListener listener = telemetry.delivery();

    @AfterEach
    void close() {
        telemetry.close();
    }

    private void change(State from, State to) {
        listener.circuits(from, -1);
        listener.circuits(to, 1);
    }

    @Test
    void showsHowManyLanesHaveTheirCircuitInWhichState() {
        for (int lane = 0; lane < 5; lane++) {
            listener.circuits(State.CLOSED, 1);
        }
        change(State.CLOSED, State.OPEN);
        change(State.CLOSED, State.OPEN);
        change(State.OPEN, State.HALF_OPEN);
        assertThat(telemetry.scrape())
                .contains("sluice_circuits{state=\"closed\"} 3.0")
                .contains("sluice_circuits{state=\"open\"} 1.0")
                .contains("sluice_circuits{state=\"half_open\"} 1.0");
    }

    @Test
    void showsEveryStateThoughNoLaneIsInIt() {
        assertThat(telemetry.scrape())
                .contains("sluice_circuits{state=\"closed\"} 0.0")
                .contains("sluice_circuits{state=\"open\"} 0.0")
                .contains("sluice_circuits{state=\"half_open\"} 0.0");
    }

    @Test
    void tellsWhatIsRefusedAndHowManyLanesHaveAPace() {
        listener.refused(429);
        listener.refused(503);
        listener.refused(503);
        listener.paced(1);
        assertThat(telemetry.scrape())
                .contains("sluice_attempts_refused_total{status=\"429\"} 1.0")
                .contains("sluice_attempts_refused_total{status=\"503\"} 2.0")
                .contains("sluice_lanes_paced 1.0");
    }

    @Test
    void tellsHowOftenLimitsWereAskedForWhatAndHowManyTokensTheyGave() {
        listener.tokensGranted(5, 5);
        listener.tokensGranted(5, 2);
        listener.tokensGranted(5, 0);
        listener.tokensGranted(5, 0);
        listener.tokensUnknown();
        assertThat(telemetry.scrape())
                .contains("sluice_rate_tokens_total 7.0")
                .contains("sluice_rate_asks_total{outcome=\"full\"} 1.0")
                .contains("sluice_rate_asks_total{outcome=\"short\"} 1.0")
                .contains("sluice_rate_asks_total{outcome=\"none\"} 2.0")
                .contains("sluice_rate_asks_total{outcome=\"failed\"} 1.0");
    }
}
