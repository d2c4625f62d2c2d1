package dev.sluice.delivery.redis;

import dev.sluice.config.CircuitConfig;
import dev.sluice.config.DeliveryConfig;
import dev.sluice.config.ParkingConfig;
import dev.sluice.config.TransformConfig;
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
        return config(parking(lease), deadLetterRetention);
    }

    public static ParkingConfig parking(Duration lease) {
        return new ParkingConfig(1, Duration.ofMillis(200), lease, 100, 1_000_000, 1L << 30, Duration.ofDays(7));
    }

    public static DeliveryConfig config(ParkingConfig parking, Duration deadLetterRetention) {
        return config(parking, deadLetterRetention, DELAYS, DeliveryConfig.KeptAttempts.ALL, 1000, CIRCUIT);
    }

    public static DeliveryConfig history(
            Duration retryDelay, DeliveryConfig.KeptAttempts kept, int attempts, CircuitConfig circuit) {
        ParkingConfig parking = parking(Duration.ofSeconds(60));
        return config(parking, Duration.ofDays(30), List.of(retryDelay), kept, attempts, circuit);
    }

    private static DeliveryConfig config(
            ParkingConfig parking,
            Duration deadLetterRetention,
            List<Duration> retryDelays,
            DeliveryConfig.KeptAttempts kept,
            int attempts,
            CircuitConfig circuit) {
        return new DeliveryConfig(
                Duration.ofSeconds(15),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                64,
                2048,
                retryDelays,
                0,
                Duration.ofHours(24),
                4096,
                List.of(),
                true,
                null,
                null,
                List.of(),
                Duration.ofHours(24),
                deadLetterRetention,
                kept,
                attempts,
                Duration.ofDays(5),
                parking,
                circuit,
                new TransformConfig(Duration.ofMillis(250), 100, 1 << 20));
    }
}
