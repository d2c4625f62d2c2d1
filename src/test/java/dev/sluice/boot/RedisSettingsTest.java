package dev.sluice.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.RedisConfig;
import dev.sluice.config.RedisSentinelConfig;
import dev.sluice.config.RedisTlsConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RedisSettingsTest {
    private static final RedisTlsConfig NO_TLS = new RedisTlsConfig(null, null, null);

    private static RedisConfig config(String password, String passwordFile, RedisTlsConfig tls) {
        Duration second = Duration.ofSeconds(1);
        return new RedisConfig(
                null, null, password, passwordFile, new RedisSentinelConfig(null), tls, false, second, second, second);
    }

    @Test
    void saysWhatIsWrongWithTheUri() {
        assertThatThrownBy(() -> RedisSettings.target(config(null, null, NO_TLS), "redis://cache:six"))
                .isInstanceOf(StartFailure.class)
                .hasMessage("redis.uri: port: no number (expected: 1 to 65535)");
    }

    @Test
    void takesAPasswordFromOnePlaceAlone() {
        assertThatThrownBy(() -> RedisSettings.target(config("a", null, NO_TLS), "redis://:b@cache"))
                .hasMessage("redis.password: given though redis.uri has a password (expected: one of the two)");
        assertThatThrownBy(() -> RedisSettings.target(config(null, "a", NO_TLS), "redis://:b@cache"))
                .hasMessage("redis.passwordFile: given though redis.uri has a password (expected: one of the two)");
        assertThatThrownBy(() -> config("a", "b", NO_TLS))
                .hasMessageContaining("password: given beside passwordFile (expected: one of the two)");
    }

    @Test
    void wantsFilesForTlsWhereThereIsTls() {
        assertThatThrownBy(() -> RedisSettings.target(
                        config(null, null, new RedisTlsConfig("ca.pem", null, null)), "redis://cache"))
                .hasMessage(
                        "redis.tls: given though redis.uri is redis://cache:6379 (expected: rediss://, rediss+sentinel:// or rediss+cluster://)");
        assertThatThrownBy(() -> RedisSettings.target(
                        config(null, null, new RedisTlsConfig(null, "own.pem", null)), "rediss://cache"))
                .hasMessage("redis.tls.keyFile: missing (expected: certificateFile and keyFile, or neither)");
    }

    @Test
    void neverShowsAPassword() {
        RedisConfig config = config("secret", null, NO_TLS);
        assertThat(config.toString()).doesNotContain("secret");
        assertThat(RedisSettings.target(config, "redis://cache")).hasToString("redis://cache:6379");
        assertThat(RedisSettings.target(config, "redis://cache").access().toString())
                .doesNotContain("secret");
    }
}
