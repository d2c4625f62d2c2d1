package dev.sluice.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import io.vertx.core.Future;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisLinkTest {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private RedisLink link;

    @BeforeEach
    void connect() {
        link = open(Loop.target(REDIS.uri()));
    }

    private static RedisLink open(RedisTarget target) {
        RedisLink link = LOOP.get(() -> Future.succeededFuture(RedisLink.open(LOOP.vertx(), target, "test")));
        LOOP.until(() -> link.send(Request.cmd(Command.PING)), pong -> true);
        return link;
    }

    @Test
    void pipelinesThousandsOfCommands() {
        List<Future<Response>> answers = new ArrayList<>();
        LOOP.get(() -> {
            IntStream.range(0, 5000)
                    .forEach(
                            i -> answers.add(link.send(Request.cmd(Command.INCR).arg("n"))));
            return Future.all(answers);
        });
        assertThat(answers.get(4999).result().toInteger()).isEqualTo(5000);
    }

    @Test
    void answersOnTheCallersContext() {
        String here = LOOP.get(() -> link.send(Request.cmd(Command.PING))
                .map(pong -> Thread.currentThread().getName()));
        String expected =
                LOOP.get(() -> Future.succeededFuture(Thread.currentThread().getName()));
        assertThat(here).isEqualTo(expected);
    }

    @Test
    void failsAtOnceWhileRedisIsAwayAndGoesOnWhenItIsBack() {
        REDIS.kill();
        LOOP.until(
                () -> link.send(Request.cmd(Command.PING))
                        .map(pong -> "up")
                        .recover(cause -> Future.succeededFuture(
                                cause instanceof RedisUnavailable ? "away" : String.valueOf(cause))),
                state -> state.equals("away"));
        REDIS.restart();
        LOOP.until(
                () -> link.send(Request.cmd(Command.PING)),
                pong -> pong.toString().equals("PONG"));
    }

    @Test
    void tellsEachTimeItIsConnected() {
        List<String> connected = new ArrayList<>();
        link.onUp(() -> connected.add("up"));
        REDIS.kill();
        REDIS.restart();
        LOOP.until(() -> Future.succeededFuture(connected.size()), times -> times == 2);
    }

    @Test
    void givesUpAConnectionThatDoesNotAnswer() {
        RedisLink impatient = open(
                new RedisTarget(REDIS.uri(), Duration.ofMillis(200), Duration.ofMillis(10), Duration.ofMillis(100)));
        Request never = Request.cmd(Command.BLPOP).arg("nothing").arg(0);
        assertThatThrownBy(() -> LOOP.get(() -> impatient.send(never))).isInstanceOf(RedisUnavailable.class);
        LOOP.until(() -> impatient.send(Request.cmd(Command.PING)), pong -> true);
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

    @Test
    void passesOnWhatRedisAnswersAsAnError() {
        LOOP.get(() -> link.send(Request.cmd(Command.SET).arg("text").arg("a")));
        assertThatThrownBy(
                        () -> LOOP.get(() -> link.send(Request.cmd(Command.INCR).arg("text"))))
                .isNotInstanceOf(RedisUnavailable.class)
                .hasMessageContaining("not an integer");
    }

    @Test
    void sendsTheSourceOfAScriptThatRedisForgot() {
        Script script = new Script("inline", "return ARGV[1]", "0000000000000000000000000000000000000000");
        Response answer = LOOP.get(() -> link.eval(script, List.of(), List.of("hello")));
        assertThat(answer.toString()).isEqualTo("hello");
    }

    @Test
    void neverPrintsThePassword() {
        assertThat(Loop.target("redis://user:secret@host:6379")).hasToString("redis://***@host:6379");
    }
}
