package dev.sluice.sim;

import dev.sluice.config.CircuitConfig;
import dev.sluice.config.DeliveryConfig;
import dev.sluice.config.FanoutConfig;
import dev.sluice.config.JournalConfig;
import dev.sluice.config.ParkingConfig;
import dev.sluice.config.TransformConfig;
import java.time.Duration;
import java.util.List;

/** Small, so that limits are met often, and short, so that little time has to pass. */
final class SimConfig {
    static final int SHARDS = 2;

    static final JournalConfig JOURNAL = journal(JournalConfig.Durability.REPLICAS);

    /** A mutation. */
    static final JournalConfig JOURNAL_OF_ONE = journal(JournalConfig.Durability.NONE);

    static final FanoutConfig FANOUT = new FanoutConfig(80, 5 << 20);

    static final DeliveryConfig DELIVERY = new DeliveryConfig(
            Duration.ofSeconds(15),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            64,
            16,
            List.of(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(3)),
            0.2,
            Duration.ofMinutes(5),
            100,
            List.of(),
            true,
            null,
            null,
            List.of(),
            Duration.ofHours(24),
            Duration.ofDays(1),
            DeliveryConfig.KeptAttempts.ALL,
            20,
            Duration.ofDays(5),
            new ParkingConfig(
                    SHARDS, Duration.ofMillis(500), Duration.ofSeconds(60), 10, 100_000, 1L << 30, Duration.ofDays(1)),
            new CircuitConfig(Duration.ofSeconds(10), 5, 0.5, Duration.ofSeconds(2), Duration.ofSeconds(20)),
            new TransformConfig(Duration.ofMillis(250), 100, 1 << 20));

    private SimConfig() {}

    private static JournalConfig journal(JournalConfig.Durability durability) {
        return new JournalConfig(
                2,
                2,
                durability,
                1,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                8,
                Duration.ofSeconds(20),
                1 << 20,
                Duration.ofMinutes(2));
    }
}
