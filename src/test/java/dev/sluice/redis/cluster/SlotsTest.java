package dev.sluice.redis.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SlotsTest {
    /** The first is the check value of the specification; the others are what a server answered to CLUSTER KEYSLOT. */
    @ParameterizedTest
    @CsvSource({
        "123456789, 12739",
        "foo, 12182",
        "{user1000}.following, 3443",
        "user1000, 3443",
        "foo{}{bar}, 8363",
        "foo{{bar}}zap, 4015",
        "'{bar', 4015",
        "foo{bar}{zap}, 5061",
    })
    void areThoseOfRedis(String key, int slot) {
        assertThat(Slots.of(key)).isEqualTo(slot);
    }

    static Stream<Request> commandsAboutFoo() {
        return Stream.of(
                Request.cmd(Command.GET).arg("foo"),
                Request.cmd(Command.EVALSHA).arg("sha").arg(1).arg("foo").arg("argument"),
                Request.cmd(Command.XADD).arg("foo").arg("*").arg("a").arg("b"),
                Request.cmd(Command.XACK).arg("foo").arg("group").arg("1-1"),
                Request.cmd(Command.XREAD)
                        .arg("COUNT")
                        .arg(1)
                        .arg("STREAMS")
                        .arg("foo")
                        .arg("0"),
                Request.cmd(Command.XREADGROUP)
                        .arg("GROUP")
                        .arg("g")
                        .arg("c")
                        .arg("COUNT")
                        .arg(1)
                        .arg("STREAMS")
                        .arg("foo")
                        .arg(">"),
                Request.cmd(Command.XAUTOCLAIM)
                        .arg("foo")
                        .arg("g")
                        .arg("c")
                        .arg(0)
                        .arg("0"),
                Request.cmd(Command.XPENDING).arg("foo").arg("g"),
                Request.cmd(Command.XGROUP).arg("CREATE").arg("foo").arg("g").arg("0"),
                Request.cmd(Command.XINFO).arg("GROUPS").arg("foo"),
                Request.cmd(Command.ZADD).arg("foo").arg("GT").arg(1).arg("m"),
                Request.cmd(Command.HSCAN).arg("foo").arg("0"),
                Request.cmd(Command.UNLINK).arg("foo"));
    }

    @ParameterizedTest
    @MethodSource("commandsAboutFoo")
    void areFoundInEachCommand(Request command) {
        assertThat(Slots.of(command)).isEqualTo(Slots.of("foo"));
    }

    @Test
    void areUnknownWhereThereIsNoKey() {
        assertThat(Slots.of(Request.cmd(Command.PING))).isEqualTo(Slots.ANY);
        assertThat(Slots.of(Request.cmd(Command.WAIT).arg(1).arg(1))).isEqualTo(Slots.ANY);
    }
}
