package dev.sluice.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.redis.address.RedisTarget;
import dev.sluice.redis.trouble.RedisUnavailable;
import dev.sluice.redis.trouble.Trouble;
import dev.sluice.testing.Loop;
import io.vertx.core.Future;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that takes connections, and answers commands with errors. */
class RefusingRedisTest extends RedisLinkHarness {
    private static final Pattern ANY_COMMAND = Pattern.compile("\\*\\d+\r\n\\$\\d+\r\n(\\w+)\r\n");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            LOADING          | LOADING Redis is loading the dataset in memory
            READ_ONLY        | READONLY You can't write against a read only replica.
            CANNOT_SAVE      | MISCONF Redis is configured to save RDB snapshots
            NO_REPLICAS      | NOREPLICAS Not enough good replicas to write.
            FULL             | OOM command not allowed when used memory > 'maxmemory'.
            FULL             | ERR [3] OOM command not allowed when used memory > 'maxmemory'.
            NO_ACCESS        | NOAUTH Authentication required.
            NO_ACCESS        | WRONGPASS invalid username-password pair or user is disabled.
            BUSY             | BUSY Redis is busy running a script.
            NO_MASTER        | MASTERDOWN Link with MASTER is down
            CLUSTER          | CLUSTERDOWN The cluster is down
            CLUSTER          | TRYAGAIN Multiple keys request during rehashing of slot
            CLUSTER          | MOVED 3999 127.0.0.1:6381
            CLUSTER          | ASK 3999 127.0.0.1:6381
            FORGOTTEN_SCRIPT | NOSCRIPT No matching script. Please use EVAL.
                             | BUSYGROUP Consumer Group name already exists
                             | ERR value is not an integer or out of range
            """)
    void tellsOneTroubleFromAnother(@Nullable Trouble trouble, String answer) {
        NetServer refusing = refusing(answer, new ArrayList<>());
        RedisLink refused = open(Loop.target("redis://127.0.0.1:" + refusing.actualPort()));
        Throwable failure = catchThrowable(
                () -> LOOP.get(() -> refused.send(Request.cmd(Command.INCR).arg("n"))));
        assertThat(failure instanceof RedisUnavailable told ? told.trouble() : null)
                .isEqualTo(trouble);
        LOOP.get(refused::close);
        LOOP.get(refusing::close);
    }

    /** Each of them scheduled a connection of its own, for as long as a replica answered. */
    @Test
    void makesOneNewConnectionHoweverManyCommandsAReplicaRefuses() {
        List<NetSocket> connections = new ArrayList<>();
        NetServer replica = refusing("READONLY You can't write against a read only replica.", connections);
        Duration pause = Duration.ofMillis(20);
        RedisLink link =
                open(new RedisTarget("redis://127.0.0.1:" + replica.actualPort(), Duration.ofSeconds(5), pause, pause));
        List<Integer> connectionsWhenUp = new ArrayList<>();
        LOOP.run(() -> link.onUp(() -> connectionsWhenUp.add(connections.size())));
        LOOP.get(() -> Future.join(IntStream.range(0, 10)
                        .mapToObj(i -> link.send(Request.cmd(Command.INCR).arg("n")))
                        .toList())
                .otherwiseEmpty());
        LOOP.until(() -> Future.succeededFuture(connectionsWhenUp), ups -> ups.size() == 2);
        assertThat(connectionsWhenUp).containsExactly(1, 2);
        LOOP.get(link::close);
        LOOP.get(replica::close);
    }

    /** Answers a ping, and this error to each command else. */
    private static NetServer refusing(String answer, List<NetSocket> connections) {
        return LOOP.get(() -> LOOP.vertx()
                .createNetServer()
                .connectHandler(socket -> {
                    connections.add(socket);
                    socket.handler(commands -> ANY_COMMAND
                            .matcher(commands.toString())
                            .results()
                            .map(command -> command.group(1).equalsIgnoreCase("PING") ? "+PONG" : "-" + answer)
                            .forEach(line -> socket.write(line + "\r\n")));
                })
                .listen(0, "127.0.0.1"));
    }

    @Test
    void countsRedisAsAwayWhileItReadsItsData() {
        List<NetSocket> connections = new ArrayList<>();
        NetServer loading = LOOP.get(() -> LOOP.vertx()
                .createNetServer()
                .connectHandler(socket -> {
                    connections.add(socket);
                    String answer = connections.size() == 1 ? "-LOADING Redis is loading the dataset\r\n" : "+PONG\r\n";
                    socket.handler(ping -> socket.write(answer));
                })
                .listen(0, "127.0.0.1"));
        RedisLink waiting = LOOP.get(() -> Future.succeededFuture(
                RedisLink.open(LOOP.vertx(), Loop.target("redis://127.0.0.1:" + loading.actualPort()), "test")));
        List<Integer> connectionsWhenUp = new ArrayList<>();
        LOOP.run(() -> waiting.onUp(() -> connectionsWhenUp.add(connections.size())));
        LOOP.until(() -> Future.succeededFuture(connectionsWhenUp), ups -> !ups.isEmpty());
        assertThat(connectionsWhenUp).containsExactly(2);
        LOOP.get(waiting::close);
        LOOP.get(loading::close);
    }
}
