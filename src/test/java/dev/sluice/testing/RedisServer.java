package dev.sluice.testing;

import static org.awaitility.Awaitility.await;

import dev.sluice.redis.embedded.EmbeddedRedis;
import dev.sluice.testing.redis.AnyRedis;
import java.time.Duration;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Redis for each test class, empty and running before each test. With {@code -Dsluice.test.redis=cluster} it is a cluster of
 * three masters, so that what holds on one Redis can be seen to hold on many.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final RedisServer REDIS = new RedisServer();
 * }</pre>
 */
public final class RedisServer implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    private final AnyRedis redis;

    public RedisServer() {
        this(EmbeddedRedis.Fsync.EVERYSEC);
    }

    public RedisServer(EmbeddedRedis.Fsync fsync) {
        this.redis = AnyRedis.of(fsync);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        redis.start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!redis.isRunning()) {
            restart();
        }
        makeRoom();
        require("+OK", command("CONFIG", "SET", "maxmemory-policy", "noeviction"));
        flushAll();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        redis.close();
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
        redis.kill();
    }

    /** SIGSTOP: it takes connections and answers nothing until {@link #resume}. */
    public void suspend() {
        redis.suspend();
    }

    public void resume() {
        redis.resume();
    }

    /** Starts again on the same port and data; stops it in order first if it still runs. */
    public void restart() {
        String former = uri();
        redis.restart();
        require(former, uri());
    }

    /** Sends one command over a connection of its own and returns the first line of the reply as it is on the wire. */
    public String command(String... words) {
        return redis.command(words);
    }

    /** A process has no command once it ended, also while its parent did not ask for its exit code yet. */
    public static void awaitEnd(long pid) {
        await().pollInterval(Duration.ofMillis(2))
                .until(() -> ProcessHandle.of(pid)
                        .flatMap(process -> process.info().command())
                        .isEmpty());
    }

    private static void require(String expected, String actual) {
        if (!expected.equals(actual)) {
            throw new IllegalStateException("%s (expected: %s)".formatted(actual, expected));
        }
    }
}
