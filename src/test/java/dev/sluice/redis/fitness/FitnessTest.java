package dev.sluice.redis.fitness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.redis.trouble.Trouble;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FitnessTest {
    private static final Needs NONE = new Needs(false, false, 0, Duration.ofSeconds(1));
    private static final Needs DISK = new Needs(false, true, 0, Duration.ofSeconds(1));
    private static final Needs REPLICAS = new Needs(false, false, 2, Duration.ofSeconds(1));

    private static Fitness of(Needs needs, String fsync, String... facts) {
        return Fitness.of(Vitals.read(String.join("\r\n", facts)), needs, fsync, Fitness.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "7.0.15, 1, always, true", "7.0.15, 1, everysec, false", "7.0.15, 0, always, false", "7.1.9, 1, unknown, false",
        "7.2.0, 1, everysec, true", "7.2.4, 0, everysec, false", "8.0.1, 1, no, true", "255.255.255, 1, no, true"
    })
    void knowsWhoCanSayThatSomethingIsOnTheDisk(String version, String aof, String fsync, boolean can) {
        Fitness fitness = of(DISK, fsync, "redis_version:" + version, "aof_enabled:" + aof);
        assertThat(fitness.isFit()).isEqualTo(can);
        assertThat(fitness.mayStart()).isEqualTo(can);
    }

    @Test
    void countsReplicas() {
        assertThat(of(REPLICAS, "no", "connected_slaves:1").troubles()).containsOnlyKeys(Trouble.FEW_REPLICAS);
        assertThat(of(REPLICAS, "no", "connected_slaves:2").isFit()).isTrue();
        assertThat(of(REPLICAS, "no", "connected_slaves:2")
                        .notReached(1, REPLICAS)
                        .troubles())
                .containsOnlyKeys(Trouble.FEW_REPLICAS);
    }

    @Test
    void closesAtOneShareOfMemoryAndOpensAtALowerOne() {
        Fitness short_ = memory(91, Fitness.UNKNOWN);
        assertThat(memory(89, Fitness.UNKNOWN).isFit()).isTrue();
        assertThat(short_.troubles()).containsOnlyKeys(Trouble.SHORT_OF_MEMORY);
        assertThat(memory(89, short_).troubles()).containsOnlyKeys(Trouble.SHORT_OF_MEMORY);
        assertThat(memory(87, short_).isFit()).isTrue();
        assertThat(short_.mayStart()).isTrue();
    }

    private static Fitness memory(int used, Fitness former) {
        String info = "maxmemory:100\r\nused_memory:%d\r\nmem_not_counted_for_evict:5".formatted(used + 5);
        return Fitness.of(Vitals.read(info), NONE, "no", former);
    }

    @Test
    void isNeverShortWithoutALimit() {
        assertThat(of(NONE, "no", "maxmemory:0", "used_memory:1000000000000").isFit())
                .isTrue();
    }
}
