package dev.sluice.testing.redis;

import dev.sluice.redis.embedded.EmbeddedRedis;
import dev.sluice.testing.Children;
import dev.sluice.testing.RedisCommands;
import dev.sluice.testing.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The embedded one, by itself. */
final class OneRedis implements AnyRedis {
    /** The executable is extracted once for all classes. */
    private static final Path EXECUTABLES = Path.of("target", "redis-server");

    private final EmbeddedRedis.Fsync fsync;
    private Path folder;
    private EmbeddedRedis redis;
    private boolean running;

    OneRedis(EmbeddedRedis.Fsync fsync) {
        this.fsync = fsync;
    }

    @Override
    public void start() {
        try {
            folder = folder == null ? Files.createTempDirectory("sluice-redis") : folder;
            redis = EmbeddedRedis.start(folder, fsync, EXECUTABLES);
            running = true;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public String uri() {
        return redis.uri();
    }

    @Override
    public String command(String... words) {
        return RedisCommands.send(uri(), words);
    }

    @Override
    public void kill() {
        ProcessHandle.of(redis.pid()).ifPresent(ProcessHandle::destroyForcibly);
        RedisServer.awaitEnd(redis.pid());
        running = false;
    }

    @Override
    public void suspend() {
        signal("-STOP");
    }

    @Override
    public void resume() {
        signal("-CONT");
    }

    private void signal(String signal) {
        Process kill = Children.start(new ProcessBuilder("kill", signal, String.valueOf(redis.pid())));
        int result = kill.onExit().join().exitValue();
        if (result != 0) {
            throw new IllegalStateException("kill: " + result);
        }
    }

    @Override
    public void restart() {
        redis.close();
        start();
    }

    @Override
    public void close() {
        redis.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
