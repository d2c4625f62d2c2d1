package dev.sluice.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.Gateways;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever goes wrong, as real processes: {@code mvn -P faults verify [-Dfaults.seconds=N] [-Dfaults.seed=S]}; with {@code
 * -Dfaults.only=REGEX} only what is called so.
 */
@EnabledIfSystemProperty(
        named = "faults.seconds",
        matches = "\\d+",
        disabledReason = "it takes minutes: mvn -P faults verify")
class StormChaosTest {
    private static final Duration TIME = Duration.ofSeconds(Long.getLong("faults.seconds", 120));
    private static final long SEED = Long.getLong("faults.seed", 20);

    @RegisterExtension
    final Gateways gateways = new Gateways();

    @TempDir
    Path folder;

    @Test
    void everyAcceptedEventIsDeliveredOrDeadAndKeysKeepTheirOrderWhateverGoesWrong() {
        try (Storm storm = new Storm(gateways, folder, SEED, 2)) {
            try {
                storm.rage(TIME);
            } finally {
                storm.ledger.print("Seed %d:".formatted(SEED), Storm.ORDERED, Storm.GIVES_UP);
            }
            StormLedger.Outcome ordered = storm.ledger.outcome(Storm.ORDERED);
            assertThat(ordered.lost()).isZero();
            assertThat(ordered.dead()).isZero();
            assertThat(ordered.outOfOrder()).isZero();
            assertThat(storm.ledger.outcome(Storm.GIVES_UP).lost()).isZero();
            assertThat(storm.scenario.producers.answers.keySet()).isSubsetOf(202, 503);
            assertThat(storm.scenario.producers.unavailableWithoutRetryAfter).hasValue(0);
        }
    }
}
