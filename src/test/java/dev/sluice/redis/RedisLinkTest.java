package dev.sluice.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.redis.address.RedisAccess;
import dev.sluice.redis.address.RedisAddress;
import dev.sluice.redis.address.RedisTarget;
import dev.sluice.redis.line.Pipeline;
import dev.sluice.redis.trouble.RedisUnavailable;
import dev.sluice.redis.trouble.Trouble;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import io.vertx.core.Future;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisLinkTest {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private static final Pattern ANY_COMMAND = Pattern.compile("\\*\\d+\r\n\\$\\d+\r\n(\\w+)\r\n");

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

    /** As a mounted secret changes: first the file, then Redis. */
    @Test
    void readsThePasswordAgainForEachConnection(@TempDir Path folder) throws IOException {
        REDIS.command("ACL", "SETUSER", "alice", "reset", "on", ">first", "~*", "&*", "+@all");
        Path file = Files.writeString(folder.resolve("password"), "first");
        RedisAccess access = new RedisAccess("alice", null, file.toString(), null, null, null, null);
        RedisTarget plain = Loop.target(REDIS.uri());
        RedisAddress address =
                RedisAddress.read("redis://" + plain.address().nodes().get(0));
        RedisLink alice = open(
                new RedisTarget(address, access, plain.commandTimeout(), plain.reconnectMin(), plain.reconnectMax()));
        Files.writeString(file, "second\n");
        REDIS.command("ACL", "SETUSER", "alice", "resetpass", ">second");
        REDIS.command("CLIENT", "KILL", "USER", "alice");
        LOOP.until(
                () -> alice.send(Request.cmd(Command.ACL).arg("WHOAMI")),
                who -> who.toString().equals("alice"));
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
    void givesUpASilentConnectionAsSoonAsThisLinkHasToWhateverOthersWait() {
        Duration pause = Duration.ofMillis(10);
        RedisTarget patient = new RedisTarget(REDIS.uri(), Duration.ofHours(1), pause, pause);
        RedisLink alert = open(patient.noMorePatientThan(Duration.ofMillis(200)));
        Request never = Request.cmd(Command.BLPOP).arg("nothing").arg(0);
        assertThatThrownBy(() -> LOOP.get(() -> alert.send(never))).isInstanceOf(RedisUnavailable.class);
        LOOP.until(() -> alert.send(Request.cmd(Command.PING)), pong -> true);
        assertThat(patient.noMorePatientThan(Duration.ofHours(2))).isEqualTo(patient);
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
    void sendsAScriptThatRedisForgot() {
        Script script = Script.load("lua/journal-release.lua");
        List<Response> answers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            REDIS.command("SCRIPT", "FLUSH");
            answers.add(LOOP.get(() -> link.call(script.on("lease").with("me"))));
            REDIS.command("SCRIPT", "FLUSH");
            answers.addAll(LOOP.get(() -> link.calls(
                    List.of(script.on("lease").with("me"), script.on("lease").with("you")))));
        }
        assertThat(answers)
                .hasSize(6)
                .allSatisfy(answer -> assertThat(answer.toInteger()).isZero());
    }

    @Test
    void tellsAForgottenScriptAgainToWhoCallsItAmongCommands() {
        Script script = Script.load("lua/journal-release.lua");
        LOOP.run(() -> link.tell(script));
        LOOP.get(() -> link.send(Request.cmd(Command.PING)));
        REDIS.command("SCRIPT", "FLUSH");
        assertThat(troubleOf(() -> mixed(script))).isEqualTo(Trouble.FORGOTTEN_SCRIPT);
        assertThat(LOOP.get(() -> mixed(script))).hasSize(2);
    }

    private Future<List<Response>> mixed(Script script) {
        return link.batch(
                List.of(Request.cmd(Command.PING), script.on("lease").with("me").request()));
    }

    private static Trouble troubleOf(Supplier<Future<?>> work) {
        RedisUnavailable failure = catchThrowableOfType(
                RedisUnavailable.class, () -> LOOP.get(() -> work.get().map("done")));
        return failure.trouble();
    }

    @Test
    void takesABatchThatIsLargerThanTheQueueOfTheClient() {
        int size = Pipeline.MOST_UNANSWERED + 1000;
        List<Request> requests = IntStream.range(0, size)
                .mapToObj(i -> Request.cmd(Command.INCR).arg("n"))
                .toList();
        List<Response> answers = LOOP.get(() -> link.batch(requests));
        assertThat(answers.stream().map(Response::toInteger))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, size).boxed().toList());
    }

    @Test
    void sendsInOrderWhatIsMoreThanTheClientTakesAtOnce() {
        int size = 3 * Pipeline.MOST_UNANSWERED;
        List<Future<Response>> answers = new ArrayList<>();
        LOOP.get(() -> {
            IntStream.range(0, size)
                    .forEach(
                            i -> answers.add(link.send(Request.cmd(Command.INCR).arg("n"))));
            assertThat(link.outstanding()).isEqualTo(size);
            return Future.all(answers);
        });
        assertThat(answers.stream().map(answer -> answer.result().toInteger()))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, size).boxed().toList());
        assertThat(link.outstanding()).isZero();
    }

    @Test
    void refusesMoreThanMayBeOutstandingAndTakesTheNextWhenThereIsRoom() {
        List<Future<Response>> answers = new ArrayList<>();
        List<Throwable> refused = new ArrayList<>();
        LOOP.get(() -> {
            while (link.outstanding() < Pipeline.MOST_OUTSTANDING) {
                answers.add(link.send(Request.cmd(Command.PING)));
            }
            link.send(Request.cmd(Command.PING)).onFailure(refused::add);
            return Future.join(answers);
        });
        assertThat(refused).hasSize(1).first().isInstanceOf(RedisUnavailable.class);
        assertThat(LOOP.get(() -> link.send(Request.cmd(Command.PING))).toString())
                .isEqualTo("PONG");
    }

    @Test
    void failsWhatWaitsForItsPlaceWhenTheConnectionIsLost() {
        List<Throwable> failures = new ArrayList<>();
        LOOP.get(() -> {
            List<Future<Response>> sent = new ArrayList<>();
            link.send(Request.cmd(Command.BLPOP).arg("nothing").arg(0)).onFailure(failures::add);
            for (int i = 0; i < 2 * Pipeline.MOST_UNANSWERED; i++) {
                sent.add(link.send(Request.cmd(Command.PING)).onFailure(failures::add));
            }
            link.close();
            return Future.join(sent).otherwiseEmpty();
        });
        assertThat(failures)
                .hasSize(2 * Pipeline.MOST_UNANSWERED + 1)
                .allSatisfy(failure -> assertThat(failure).isInstanceOf(RedisUnavailable.class));
    }

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

    @Test
    void neverPrintsThePassword() {
        assertThat(Loop.target("redis://user:secret@host:6379")).hasToString("redis://***@host:6379");
    }
}
