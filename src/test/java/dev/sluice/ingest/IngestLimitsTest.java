package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.HttpConfig;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class IngestLimitsTest {
    private static final HttpConfig CONFIG =
            new HttpConfig(null, 0, List.of(), 5_000_000, 8192, 10_000, Duration.ofSeconds(30));

    @Test
    void dividesEventsAndAQuarterOfTheHeapAmongTheLoops() {
        assertThat(IngestLimits.share(CONFIG, 4, 1_000_000_000))
                .isEqualTo(new IngestLimits(5_000_000, 2500, 62_500_000));
    }

    @Test
    void leavesRoomForOneBodyHoweverSmallTheHeap() {
        assertThat(IngestLimits.share(CONFIG, 4, 1_000_000).maxPendingBytes()).isEqualTo(5_000_000);
        assertThat(IngestLimits.share(CONFIG, 20_000, 1_000_000).maxPendingEvents())
                .isEqualTo(1);
    }

    @Test
    void refusesLimitsThatLetNothingIn() {
        assertThatThrownBy(() -> new IngestLimits(10, 1, 9))
                .hasMessage("maxPendingBytes: 9 (expected: >= maxBodyBytes 10)");
    }
}
