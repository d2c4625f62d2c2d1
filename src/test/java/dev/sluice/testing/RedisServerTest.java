package dev.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisServerTest {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RepeatedTest(2)
    void isEmptyBeforeEachTest() {
        assertThat(REDIS.command("INCR", "tests")).isEqualTo(":1");
    }

    @RepeatedTest(2)
    void answersAtTheSameAddressAfterAKillAndARestart() {
        String uri = REDIS.uri();
        REDIS.kill();
        REDIS.restart();
        assertThat(REDIS.uri()).isEqualTo(uri);
        assertThat(REDIS.command("PING")).isEqualTo("+PONG");
    }

    @Test
    void holdsItsDataAcrossAnOrderlyRestart() {
        assertThat(REDIS.command("SET", "k", "v")).isEqualTo("+OK");
        REDIS.restart();
        assertThat(REDIS.command("STRLEN", "k")).isEqualTo(":1");
    }

    @Test
    void leavesItKilledForTheNextTestToStartAgain() {
        REDIS.kill();
        assertThatThrownBy(() -> REDIS.command("PING")).hasCauseInstanceOf(ConnectException.class);
    }
}
