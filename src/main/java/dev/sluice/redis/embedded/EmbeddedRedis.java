package dev.sluice.redis.embedded;

import dev.sluice.time.Jitter;
import dev.sluice.time.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Redis beside this process, for development: it starts with it, keeps its data in a folder, and ends with it.
 * The version is one without later security fixes, so it listens on 127.0.0.1 only and wants a password.
 *
 * <p>Starting and closing block, and belong on no event loop. Any thread may close it, more than once.
 */
public final class EmbeddedRedis implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRedis.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int PORTS_TRIED = 5;

    /** Below the ports that systems hand out to connections, where a client could sit on the port of a stopped server. */
    private static final int LOWEST_PORT = 20_000;

    private static final int PORTS = 12_000;

    /** When what was written is safe from a crash of the machine. */
    public enum Fsync {
        /** After a second at most. */
        EVERYSEC,
        /** Before the answer. */
        ALWAYS,
        /** Never: it is written nowhere, and gone with the server. */
        NEVER;

        String setting() {
            return this == NEVER ? "no" : name().toLowerCase(Locale.ROOT);
        }
    }

    private final EmbeddedRedisLock lock;
    private final EmbeddedRedisProcess process;
    private final ProcessHandle server;
    private final String uri;

    private EmbeddedRedis(EmbeddedRedisLock lock, EmbeddedRedisProcess process, ProcessHandle server, String uri) {
        this.lock = lock;
        this.process = process;
        this.server = server;
        this.uri = uri;
    }

    /**
     * Starts on the data in {@code dataDir}, or on none, and returns when the server answers commands.
     *
     * @throws EmbeddedRedisFailure with one line for the operator, if it cannot
     */
    public static EmbeddedRedis start(Path dataDir, Fsync fsync) {
        return start(dataDir, fsync, dataDir);
    }

    /** As above, with the executable in a folder of its own, which several servers may share. */
    public static EmbeddedRedis start(Path dataDir, Fsync fsync, Path executables) {
        try {
            Files.createDirectories(executables);
            Path executable = EmbeddedRedisBinary.in(executables.toRealPath());
            EmbeddedRedisFiles files = EmbeddedRedisFiles.in(dataDir);
            EmbeddedRedis redis = start(files, fsync, executable);
            LOG.atWarn()
                    .addKeyValue("data", files.folder())
                    .addKeyValue("pid", redis.pid())
                    .log("Embedded Redis started: for development only, set redis.uri in production");
            return redis;
        } catch (IOException failed) {
            throw new EmbeddedRedisFailure(
                    "embedded Redis in %s: %s (expected: a folder that can be written; set data.dir, or redis.uri to a Redis of your own)"
                            .formatted(dataDir, failed));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EmbeddedRedisFailure("embedded Redis in %s: interrupted while it started".formatted(dataDir));
        }
    }

    /** {@code redis://:password@127.0.0.1:port}; the same after each start on the same data, while the port is free. */
    public String uri() {
        return uri;
    }

    /** Of the server itself. */
    public long pid() {
        return server.pid();
    }

    /** Stops the server once its data is on the disk; kills it after ten seconds. */
    @Override
    public void close() {
        try {
            EmbeddedRedisProcess.stop(server);
            process.release();
            lock.close();
        } catch (IOException failed) {
            LOG.atWarn().addKeyValue("reason", failed.toString()).log("Embedded Redis: its lock was not released");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static EmbeddedRedis start(EmbeddedRedisFiles files, Fsync fsync, Path executable)
            throws IOException, InterruptedException {
        EmbeddedRedisLock lock = EmbeddedRedisLock.hold(files.lock());
        Optional<EmbeddedRedis> redis = Optional.empty();
        try {
            stopOrphan(files);
            for (int tries = 0; redis.isEmpty() && tries < PORTS_TRIED; tries++) {
                redis = startOn(port(files), files, fsync, executable, lock);
            }
        } finally {
            if (redis.isEmpty()) {
                lock.close();
            }
        }
        return redis.orElseThrow(() -> new EmbeddedRedisFailure(
                "embedded Redis: each of %d ports of 127.0.0.1 was taken".formatted(PORTS_TRIED)));
    }

    /** Empty if somebody else took the port in the meantime. */
    private static Optional<EmbeddedRedis> startOn(
            int port, EmbeddedRedisFiles files, Fsync fsync, Path executable, EmbeddedRedisLock lock)
            throws IOException, InterruptedException {
        String password = files.password();
        files.writeSettings(port, password, fsync);
        EmbeddedRedisProcess process = EmbeddedRedisProcess.launch(executable, files);
        boolean started = false;
        try {
            started = answers(port, password, process);
            if (!started && !process.portTaken()) {
                throw new EmbeddedRedisFailure("embedded Redis did not start, its log %s ends with: %s"
                        .formatted(files.log(), lastLine(files.readLog())));
            }
            Optional<ProcessHandle> server = EmbeddedRedisProcess.running(files);
            return started
                    ? server.map(handle -> new EmbeddedRedis(
                            lock, process, handle, "redis://:%s@127.0.0.1:%d".formatted(password, port)))
                    : Optional.empty();
        } finally {
            if (!started) {
                process.abandon();
            }
        }
    }

    /** Waits as long as the server reads its data, and ten seconds for anything else. */
    private static boolean answers(int port, String password, EmbeddedRedisProcess process)
            throws IOException, InterruptedException {
        long since = Ticker.SYSTEM.nanos();
        while (Ticker.SYSTEM.nanos() - since < PATIENCE.toNanos()) {
            EmbeddedRedisProbe.Answer answer = EmbeddedRedisProbe.ask(port, password);
            if (answer == EmbeddedRedisProbe.Answer.READY) {
                return true;
            }
            if (answer == EmbeddedRedisProbe.Answer.LOADING) {
                since = Ticker.SYSTEM.nanos();
            } else if (process.failed()) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return false;
    }

    /** A server whose Sluice was killed may still be saving, and one whose supervisor was killed too lives on. */
    private static void stopOrphan(EmbeddedRedisFiles files) throws IOException, InterruptedException {
        Optional<ProcessHandle> orphan = EmbeddedRedisProcess.running(files);
        Optional<Integer> port = files.formerPort();
        if (orphan.isEmpty() || port.isEmpty()) {
            return;
        }
        boolean isOurs = EmbeddedRedisProbe.ask(port.get(), files.password()) != EmbeddedRedisProbe.Answer.NONE;
        if (isOurs) {
            EmbeddedRedisProcess.stop(orphan.get());
        } else if (!EmbeddedRedisProcess.ended(orphan.get(), PATIENCE)) {
            throw new EmbeddedRedisFailure("data.dir: process %d may still write to %s (expected: to be ended first)"
                    .formatted(orphan.get().pid(), files.folder()));
        }
    }

    private static int port(EmbeddedRedisFiles files) throws IOException {
        return files.formerPort().filter(EmbeddedRedisProbe::isFree).orElseGet(EmbeddedRedis::freePort);
    }

    private static int freePort() {
        return Stream.generate(() -> LOWEST_PORT + (int) (Jitter.RANDOM.next() * PORTS))
                .limit(1000)
                .filter(EmbeddedRedisProbe::isFree)
                .findFirst()
                .orElseThrow(() -> new EmbeddedRedisFailure("embedded Redis: no free port on 127.0.0.1"));
    }

    private static String lastLine(String log) {
        return log.lines().filter(line -> !line.isBlank()).reduce("(nothing)", (former, line) -> line);
    }
}
