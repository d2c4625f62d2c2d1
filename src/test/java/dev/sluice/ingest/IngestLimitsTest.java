package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.HttpConfig;
import dev.sluice.config.ListenerTlsConfig;
import dev.sluice.memory.Quota;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class IngestLimitsTest {
    private static final HttpConfig CONFIG = new HttpConfig(
            null,
            0,
            List.of(),
            ListenerTlsConfig.NONE,
            5_000_000,
            8192,
            10_000,
            Duration.ofSeconds(30),
            HttpConfig.Playground.NEVER);

    @Test
    void dividesEventsAmongTheLoopsAndLetsThemShareTheBytes() {
        Quota pending = new Quota(10_000_000);
        assertThat(IngestLimits.share(CONFIG, 4, pending)).isEqualTo(new IngestLimits(5_000_000, 2500, pending));
        assertThat(IngestLimits.share(CONFIG, 20_000, pending).maxPendingEvents())
                .isEqualTo(1);
    }

    @Test
    void refusesLimitsThatLetNothingIn() {
        assertThatThrownBy(() -> new IngestLimits(10, 1, new Quota(19)))
                .hasMessage("pending: 19 (expected: >= 2 x maxBodyBytes 10)");
    }
}
