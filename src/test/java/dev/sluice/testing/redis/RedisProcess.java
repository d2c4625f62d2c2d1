package dev.sluice.testing.redis;

import static org.awaitility.Awaitility.await;

import dev.sluice.redis.embedded.RedisExecutable;
import dev.sluice.testing.Children;
import dev.sluice.testing.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A server of its own: a node of a cluster, a replica, a Sentinel. It keeps its port and its data when it starts again. */
public final class RedisProcess {
    /** Password of all of them. */
    public static final String PASSWORD = "between-servers";

    private static final Path EXECUTABLES = Path.of("target", "redis-server");

    private final Path folder;
    private final int port;
    private final Path settings;
    private final Kind kind;
    private Process process;

    /** @param password null: it wants none */
    private record Kind(boolean isSentinel, @Nullable String password) {}

    private RedisProcess(Path folder, int port, Path settings, Kind kind) {
        this.folder = folder;
        this.port = port;
        this.settings = settings;
        this.kind = kind;
    }

    /** One that holds data, with more settings. */
    public static RedisProcess start(String... more) {
        int port = freePort();
        List<String> lines = new ArrayList<>(List.of(
                "requirepass " + PASSWORD,
                "masterauth " + PASSWORD,
                "appendonly yes",
                "appendfsync " + System.getProperty("sluice.test.appendfsync", "everysec"),
                "save \"\"",
                "repl-diskless-sync-delay 0",
                "repl-ping-replica-period 1"));
        lines.addAll(List.of(more));
        return start(port, lines, new Kind(false, PASSWORD));
    }

    /** One that watches. */
    public static RedisProcess sentinel(@Nullable String password, List<String> lines) {
        return start(freePort(), lines, new Kind(true, password));
    }

    private static RedisProcess start(int port, List<String> lines, Kind kind) {
        try {
            Path folder = Files.createTempDirectory("sluice-redis-node");
            Path settings = folder.resolve("redis.conf");
            List<String> all =
                    new ArrayList<>(List.of("bind 127.0.0.1", "port " + port, "dir " + folder, "logfile redis.log"));
            all.addAll(lines);
            Files.write(settings, all);
            RedisProcess node = new RedisProcess(folder, port, settings, kind);
            node.restart();
            return node;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Below the ports that systems hand out, with room for that of the cluster's bus, which is 10 000 higher. */
    private static int freePort() {
        return ThreadLocalRandom.current()
                .ints(10_000, 22_000)
                .filter(port -> isFree(port) && isFree(port + 10_000))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    public String at() {
        return "127.0.0.1:" + port;
    }

    /** As another server would be told of it. */
    public String hostAndPort() {
        return "127.0.0.1 " + port;
    }

    public String uri() {
        return "redis://:" + PASSWORD + "@" + at();
    }

    /** As it was; what is said here goes before its settings. */
    public void restart(String... more) {
        Path executable = RedisExecutable.in(EXECUTABLES);
        List<String> command = new ArrayList<>(Limits.IGNORING_FILE_SIZE);
        command.addAll(List.of(executable.toString(), settings.toString()));
        command.addAll(List.of(more));
        if (kind.isSentinel()) {
            command.add("--sentinel");
        }
        process = Children.start(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("output.log").toFile())));
        await().pollInterval(Duration.ofMillis(10)).until(this::answers);
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("redis-server ended: " + log());
        }
        try {
            return command("PING").startsWith("+PONG");
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    public String log() {
        try {
            return Files.exists(folder.resolve("redis.log")) ? Files.readString(folder.resolve("redis.log")) : "";
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL. Returns when it is gone. */
    public void kill() {
        Children.kill(process);
    }

    /** SIGSTOP: it takes connections and answers nothing until {@link #resume}. */
    public void suspend() {
        signal("-STOP");
    }

    public void resume() {
        signal("-CONT");
    }

    private void signal(String signal) {
        Process kill = Children.start(new ProcessBuilder("kill", signal, String.valueOf(process.pid())));
        int result = kill.onExit().join().exitValue();
        if (result != 0) {
            throw new IllegalStateException("kill: " + result);
        }
    }

    /** One command over a connection of its own; the reply as it is on the wire, up to 64 KiB. */
    public String command(String... words) {
        return RedisWire.ask(port, kind.password(), words);
    }

    /** As it says itself; false while it does not answer. */
    public boolean isMaster() {
        try {
            return isAlive() && command("INFO", "replication").contains("role:master");
        } catch (UncheckedIOException away) {
            return false;
        }
    }

    public void close() {
        Children.kill(process);
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
