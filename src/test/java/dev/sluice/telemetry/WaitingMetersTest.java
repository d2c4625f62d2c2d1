package dev.sluice.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.BacklogListener.Backlog;
import dev.sluice.delivery.BacklogListener.Part;
import dev.sluice.delivery.BacklogListener.State;
import dev.sluice.testing.ManualTicker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WaitingMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ManualTicker ticker = new ManualTicker();
    private final WaitingMeters meters = new WaitingMeters(registry, ticker);

    private double of(String name) {
        return registry.get(name).gauge().value();
    }

    @Test
    void whileRedisIsAwayWhatItToldLastStaysAndItIsToldHowOldThatIs() {
        ticker.advance(Duration.ofSeconds(40));
        Map<State, Part> parts = Map.of(State.DUE, new Part(3, Duration.ofSeconds(9)));
        meters.waits(0, new Backlog(parts, 10, 2, Duration.ofSeconds(31)));
        assertThat(of("sluice.redis.told.age")).isZero();

        ticker.advance(Duration.ofHours(1));

        assertThat(of("sluice.lanes.overdue")).isEqualTo(31);
        assertThat(of("sluice.dead.letters")).isEqualTo(2);
        assertThat(of("sluice.redis.told.age")).isEqualTo(3600);
    }

    @Test
    void whatItToldIsAsOldAsTheOldestOfItsParts() {
        Backlog nothing = new Backlog(Map.of(), 0, 0, Duration.ZERO);
        meters.measured("p0", 1, 2);
        meters.waits("p0", Duration.ZERO, Duration.ZERO);
        meters.waits(0, nothing);
        meters.waits(1, nothing);
        ticker.advance(Duration.ofSeconds(20));
        meters.waits(0, nothing);
        meters.measured("p0", 1, 2);
        assertThat(of("sluice.redis.told.age")).as("a shard and the ages").isEqualTo(20);
        meters.waits(1, nothing);
        assertThat(of("sluice.redis.told.age")).as("the ages").isEqualTo(20);
        meters.waits("p0", Duration.ZERO, Duration.ZERO);
        assertThat(of("sluice.redis.told.age")).isZero();
    }
}
