package dev.sluice.redis.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.redis.client.impl.types.ErrorType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client makes an answer of Redis is one, or is none. */
class TroubleTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONNECTION_CLOSED",
                "ERR [3] CONNECTION_CLOSED",
                "ERR [0] io.netty.channel.StacklessClosedChannelException",
                "ERR [0] java.io.IOException: Broken pipe",
                "ERR [1] io.netty.channel.unix.Errors$NativeIoException: writevAddresses(..) failed: Connection reset by peer"
            })
    void aConnectionThatBrokeIsNoAnswer(String told) {
        assertThat(Trouble.of(ErrorType.create(told))).isEqualTo(Trouble.AWAY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERR unknown command 'A.B'",
                "ERR [0] wrong number of arguments for 'get' command",
                "ERR [0] WRONGTYPE Operation against a key holding the wrong kind of value",
                "ERR [0] user_script:1: CONNECTION_CLOSED a.b script: 0"
            })
    void whatRedisSaysOfARequestIsNoTroubleOfRedis(String told) {
        assertThat(Trouble.of(ErrorType.create(told))).isNull();
    }
}
