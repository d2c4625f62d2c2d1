package dev.sluice.testing;

import static org.awaitility.Awaitility.await;

import dev.sluice.redis.embedded.EmbeddedRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Redis for each test class, empty and running before each test.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final RedisServer REDIS = new RedisServer();
 * }</pre>
 */
public final class RedisServer implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    /** The executable is extracted once for all classes. */
    private static final Path EXECUTABLES = Path.of("target", "redis-server");

    private final EmbeddedRedis.Fsync fsync;
    private Path folder;
    private EmbeddedRedis redis;
    private boolean running;

    public RedisServer() {
        this(EmbeddedRedis.Fsync.EVERYSEC);
    }

    public RedisServer(EmbeddedRedis.Fsync fsync) {
        this.fsync = fsync;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        folder = Files.createTempDirectory("sluice-redis");
        start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!running) {
            restart();
        }
        makeRoom();
        require("+OK", command("CONFIG", "SET", "maxmemory-policy", "noeviction"));
        flushAll();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        redis.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    /** The same before and after a restart. */
    public String uri() {
        return redis.uri();
    }

    /** It refuses whatever may grow, until the next test or {@link #makeRoom}. */
    public void fill() {
        require("+OK", command("CONFIG", "SET", "maxmemory", "1"));
    }

    public void makeRoom() {
        require("+OK", command("CONFIG", "SET", "maxmemory", "0"));
    }

    public void flushAll() {
        require("+OK", command("FLUSHALL"));
        require("+OK", command("SCRIPT", "FLUSH"));
    }

    /** SIGKILL: open connections break, and what was not synced to the disk may be lost. Returns when it is gone. */
    public void kill() {
        ProcessHandle.of(redis.pid()).ifPresent(ProcessHandle::destroyForcibly);
        awaitEnd(redis.pid());
        running = false;
    }

    /** SIGSTOP: it takes connections and answers nothing until {@link #resume}. */
    public void suspend() {
        signal("-STOP");
    }

    public void resume() {
        signal("-CONT");
    }

    private void signal(String signal) {
        Process kill = Children.start(new ProcessBuilder("kill", signal, String.valueOf(redis.pid())));
        require("0", String.valueOf(kill.onExit().join().exitValue()));
    }

    /** Starts again on the same port and data; stops it in order first if it still runs. */
    public void restart() {
        String former = uri();
        redis.close();
        start();
        require(former, uri());
    }

    /** Sends one command over a connection of its own and returns the first line of the reply as it is on the wire. */
    public String command(String... words) {
        return RedisCommands.send(uri(), words);
    }

    /** A process has no command once it ended, also while its parent did not ask for its exit code yet. */
    public static void awaitEnd(long pid) {
        await().pollInterval(Duration.ofMillis(2))
                .until(() -> ProcessHandle.of(pid)
                        .flatMap(process -> process.info().command())
                        .isEmpty());
    }

    private void start() {
        redis = EmbeddedRedis.start(folder, fsync, EXECUTABLES);
        running = true;
    }

    private static void require(String expected, String actual) {
        if (!expected.equals(actual)) {
            throw new IllegalStateException("%s (expected: %s)".formatted(actual, expected));
        }
    }
}
