package dev.sluice.delivery.redis;

import dev.sluice.config.CircuitConfig;
import dev.sluice.config.DeliveryConfig;
import dev.sluice.config.ParkingConfig;
import java.time.Duration;
import java.util.List;

/** The settings of deliveries as they are by default, but for what a test is about. */
public final class DeliveryConfigs {
    private DeliveryConfigs() {}

    public static DeliveryConfig config(Duration lease, Duration deadLetterRetention) {
        return new DeliveryConfig(
                Duration.ofSeconds(15),
                Duration.ofSeconds(5),
                64,
                2048,
                List.of(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofMinutes(30)),
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
                new ParkingConfig(1, Duration.ofMillis(200), lease, 100),
                new CircuitConfig(Duration.ofSeconds(30), 10, 0.5, Duration.ofSeconds(5), Duration.ofMinutes(5)));
    }
}
