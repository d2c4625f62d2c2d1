package dev.sluice.redis.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.redis.EmbeddedRedisOwner;
import dev.sluice.redis.embedded.EmbeddedRedis.Fsync;
import dev.sluice.testing.RedisCommands;
import dev.sluice.testing.RedisServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRedisTest {
    private static final Path EXECUTABLES = Path.of("target", "redis-server");

    @TempDir
    private Path data;

    @Test
    void holdsItsDataPortAndPasswordAcrossRestarts() {
        String former;
        try (EmbeddedRedis redis = start()) {
            former = redis.uri();
            assertThat(RedisCommands.send(redis.uri(), "SET", "k", "v")).isEqualTo("+OK");
        }
        try (EmbeddedRedis redis = start()) {
            assertThat(redis.uri()).isEqualTo(former);
            assertThat(RedisCommands.send(redis.uri(), "STRLEN", "k")).isEqualTo(":1");
        }
    }

    @Test
    void hasEndedWhenCloseReturnsAndMayBeClosedAgain() {
        EmbeddedRedis redis = start();
        redis.close();
        redis.close();
        assertThat(runs(redis.pid())).isFalse();
    }

    @Test
    void holdsWhatWasAcknowledgedBeforeAKillWhenItSyncsAlways() {
        EmbeddedRedis killed = EmbeddedRedis.start(data, Fsync.ALWAYS, EXECUTABLES);
        assertThat(RedisCommands.send(killed.uri(), "SET", "k", "v")).isEqualTo("+OK");
        ProcessHandle.of(killed.pid()).orElseThrow().destroyForcibly();
        killed.close();
        try (EmbeddedRedis redis = start()) {
            assertThat(RedisCommands.send(redis.uri(), "STRLEN", "k")).isEqualTo(":1");
        }
    }

    @Test
    void savesAndEndsWhenItsOwnerIsKilled() throws Exception {
        Process owner = owner();
        String[] words = readLine(owner).split(" ", -1);
        long pid = Long.parseLong(words[1]);
        assertThat(RedisCommands.send(words[2], "SET", "k", "v")).isEqualTo("+OK");

        owner.destroyForcibly().waitFor();

        RedisServer.awaitEnd(pid);
        try (EmbeddedRedis redis = start()) {
            assertThat(RedisCommands.send(redis.uri(), "STRLEN", "k")).isEqualTo(":1");
        }
    }

    @Test
    void takesTheDataOverFromAServerThatOutlivedItsOwnerAndItsSupervisor() throws Exception {
        Process owner = owner();
        long pid = Long.parseLong(readLine(owner).split(" ", -1)[1]);
        owner.children().forEach(ProcessHandle::destroyForcibly);
        owner.destroyForcibly().waitFor();
        assertThat(runs(pid)).isTrue();

        try (EmbeddedRedis redis = start()) {
            assertThat(redis.pid()).isNotEqualTo(pid);
            assertThat(runs(pid)).isFalse();
        }
    }

    @Test
    void refusesAFolderThatAnotherServerOfThisProcessUses() {
        try (EmbeddedRedis redis = start()) {
            assertThatThrownBy(this::start)
                    .isInstanceOf(EmbeddedRedisFailure.class)
                    .hasMessageContaining("in use by another running Sluice");
            assertThat(RedisCommands.send(redis.uri(), "PING")).isEqualTo("+PONG");
        }
    }

    @Test
    void refusesAFolderThatAServerOfAnotherProcessUses() throws Exception {
        Process owner = owner();
        try {
            readLine(owner);
            assertThatThrownBy(this::start)
                    .isInstanceOf(EmbeddedRedisFailure.class)
                    .hasMessageContaining("in use by another running Sluice");
        } finally {
            owner.getOutputStream().close();
            owner.waitFor();
        }
    }

    @Test
    void showsItsPasswordToItsOwnerOnly() throws IOException {
        try (EmbeddedRedis redis = start()) {
            String password = URI.create(redis.uri()).getUserInfo().substring(1);
            assertThat(password).hasSize(48);
            ProcessHandle server = ProcessHandle.of(redis.pid()).orElseThrow();
            assertThat(server.info().commandLine().orElse("")).doesNotContain(password);
            assertThat(ProcessHandle.current().children())
                    .noneMatch(child -> child.info().commandLine().orElse("").contains(password));

            Path folder = data.resolve("redis");
            assertThat(permissions(folder)).isEqualTo("rwx------");
            assertThat(permissions(folder.resolve("redis.conf"))).isEqualTo("rw-------");
        }
    }

    @Test
    void refusesCommandsWithoutThePassword() {
        try (EmbeddedRedis redis = start()) {
            String stranger = redis.uri().replaceFirst(":[0-9a-f]{48}@", ":guess@");
            assertThatThrownBy(() -> RedisCommands.send(stranger, "PING")).hasMessageContaining("WRONGPASS");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void isOutOfReachOfTheTerminalThatInterruptsItsOwner() throws IOException {
        try (EmbeddedRedis redis = start()) {
            assertThat(processGroup(redis.pid()))
                    .isNotEqualTo(processGroup(ProcessHandle.current().pid()));
        }
    }

    @Test
    void takesAnotherPortWhenTheFormerOneIsTaken() throws IOException {
        EmbeddedRedis former = start();
        former.close();
        int port = URI.create(former.uri()).getPort();
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
                EmbeddedRedis redis = start()) {
            assertThat(URI.create(redis.uri()).getPort()).isNotEqualTo(taken.getLocalPort());
        }
    }

    @Test
    void saysInOneLineWhyItDidNotStart() throws IOException {
        start().close();
        Path files = data.resolve("redis").resolve("appendonlydir");
        Files.writeString(files.resolve("appendonly.aof.manifest"), "no manifest at all\n");

        assertThatThrownBy(this::start)
                .isInstanceOf(EmbeddedRedisFailure.class)
                .hasMessageContaining("did not start, its log")
                .hasMessageContaining("manifest");
    }

    @Test
    void readsAFolderWhoseNameHasSpacesAndQuotes() {
        Path odd = data.resolve("my \"data\" \\ ü");
        try (EmbeddedRedis redis = EmbeddedRedis.start(odd, Fsync.EVERYSEC, EXECUTABLES)) {
            assertThat(RedisCommands.send(redis.uri(), "PING")).isEqualTo("+PONG");
        }
    }

    private EmbeddedRedis start() {
        return EmbeddedRedis.start(data, Fsync.EVERYSEC, EXECUTABLES);
    }

    private Process owner() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmbeddedRedisOwner.class.getName(),
                        data.toString(),
                        EXECUTABLES.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String readLine(Process owner) throws IOException {
        BufferedReader output = owner.inputReader();
        String line = output.readLine();
        while (line != null && !line.startsWith("redis ")) {
            line = output.readLine();
        }
        assertThat(line).as("output of the owner").isNotNull();
        return line;
    }

    /** The third field after the name, which is in parentheses. */
    private static String processGroup(long pid) throws IOException {
        String status = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
        return status.substring(status.lastIndexOf(')') + 2).split(" ", -1)[2];
    }

    private static boolean runs(long pid) {
        return ProcessHandle.of(pid).flatMap(server -> server.info().command()).isPresent();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
