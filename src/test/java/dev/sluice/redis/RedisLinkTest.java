package dev.sluice.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.redis.address.RedisAccess;
import dev.sluice.redis.address.RedisAddress;
import dev.sluice.redis.address.RedisTarget;
import dev.sluice.redis.trouble.RedisUnavailable;
import dev.sluice.redis.trouble.Trouble;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import io.vertx.core.Future;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RedisLinkTest extends RedisLinkHarness {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    private RedisLink link;

    @BeforeEach
    void connect() {
        link = open(Loop.target(REDIS.uri()));
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
    void neverPrintsThePassword() {
        assertThat(Loop.target("redis://user:secret@host:6379")).hasToString("redis://***@host:6379");
    }
}
