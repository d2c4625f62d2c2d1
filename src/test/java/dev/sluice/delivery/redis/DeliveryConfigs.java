package dev.sluice.delivery.redis;

import dev.sluice.config.CircuitConfig;
import dev.sluice.config.DeliveryConfig;
import dev.sluice.config.ParkingConfig;
import java.time.Duration;
import java.util.List;

/** The settings of deliveries as they are by default, but for what a test is about. */
public final class DeliveryConfigs {
    private static final List<Duration> DELAYS =
            List.of(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofMinutes(30));

    public static final CircuitConfig CIRCUIT =
            new CircuitConfig(Duration.ofSeconds(30), 10, 0.5, Duration.ofSeconds(5), Duration.ofMinutes(5));

    private DeliveryConfigs() {}

    public static DeliveryConfig config(Duration lease, Duration deadLetterRetention) {
        return config(lease, deadLetterRetention, DELAYS, DeliveryConfig.KeptAttempts.ALL, 1000, CIRCUIT);
    }

    public static DeliveryConfig history(
            Duration retryDelay, DeliveryConfig.KeptAttempts kept, int attempts, CircuitConfig circuit) {
        return config(Duration.ofSeconds(60), Duration.ofDays(30), List.of(retryDelay), kept, attempts, circuit);
    }

    private static DeliveryConfig config(
            Duration lease,
            Duration deadLetterRetention,
            List<Duration> retryDelays,
            DeliveryConfig.KeptAttempts kept,
            int attempts,
            CircuitConfig circuit) {
        return new DeliveryConfig(
                Duration.ofSeconds(15),
                Duration.ofSeconds(5),
                64,
                2048,
                retryDelays,
                0,
                Duration.ofHours(24),
                4096,
                List.of(),
                Duration.ofHours(24),
                deadLetterRetention,
                kept,
                attempts,
                Duration.ofDays(5),
                new ParkingConfig(1, Duration.ofMillis(200), lease, 100),
                circuit);
    }
}
