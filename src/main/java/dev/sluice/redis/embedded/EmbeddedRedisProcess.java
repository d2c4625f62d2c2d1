package dev.sluice.redis.embedded;

import dev.sluice.time.Ticker;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A redis-server that ends with this process, however this process ends.
 *
 * <p>How it works: a shell starts the server, then reads its standard input, whose other end is held open by this
 * process alone. If this process is killed, the kernel closes that end; the shell reads the end of the file and sends
 * SIGTERM, on which Redis writes and syncs what it still holds. The shell ignores the signals of a terminal: Ctrl-C
 * reaches every process of the foreground group.
 *
 * <p>Why not a shutdown hook: SIGKILL and a crash of the JVM run none. Why not a child in the same group: see
 * {@link EmbeddedRedisFiles#writeSettings}. If the shell is killed too, the server stays; the next start on the same
 * data finds it through its pid file and stops it first.
 */
final class EmbeddedRedisProcess {
    /** Arguments: executable, settings, pid file. A line on the input means that the server was stopped already. */
    private static final String SUPERVISE = """
            trap '' INT HUP QUIT TERM
            "$1" "$2" || exit
            if read -r _; then exit 0; fi
            for _ in 1 2 3 4 5; do [ -s "$3" ] && break; sleep 1; done
            read -r pid < "$3" && kill -TERM "$pid"
            """;

    private static final Duration GRACE = Duration.ofSeconds(10);

    private final EmbeddedRedisFiles files;
    private final Process supervisor;

    private EmbeddedRedisProcess(EmbeddedRedisFiles files, Process supervisor) {
        this.files = files;
        this.supervisor = supervisor;
    }

    static EmbeddedRedisProcess launch(Path executable, EmbeddedRedisFiles files) throws IOException {
        Files.deleteIfExists(files.pid());
        files.beginLog();
        ProcessBuilder shell = new ProcessBuilder(
                "/bin/sh",
                "-c",
                SUPERVISE,
                "sluice-redis",
                executable.toString(),
                files.settings().toString(),
                files.pid().toString());
        shell.redirectErrorStream(true);
        shell.redirectOutput(ProcessBuilder.Redirect.appendTo(files.log().toFile()));
        return new EmbeddedRedisProcess(files, shell.start());
    }

    /** The server that the pid file names, if it runs. */
    static Optional<ProcessHandle> running(EmbeddedRedisFiles files) throws IOException {
        return files.readPid().flatMap(ProcessHandle::of).filter(EmbeddedRedisProcess::isServer);
    }

    /** A process that ended but was not waited for by its parent has no command any more. */
    private static boolean isServer(ProcessHandle process) {
        Optional<String> command = process.info().command();
        return command.filter(path -> path.contains("redis-server")).isPresent();
    }

    /** SIGTERM, on which Redis saves; after ten seconds SIGKILL. Returns when the server has ended. */
    static void stop(ProcessHandle server) throws InterruptedException {
        server.destroy();
        if (!ended(server, GRACE)) {
            server.destroyForcibly();
            ended(server, GRACE);
        }
    }

    static boolean ended(ProcessHandle server, Duration patience) throws InterruptedException {
        long start = Ticker.SYSTEM.nanos();
        while (server.isAlive() && isServer(server)) {
            if (Ticker.SYSTEM.nanos() - start > patience.toNanos()) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return true;
    }

    /** Whether the server will never answer: its start was refused, or it listened and ended since. */
    boolean failed() throws IOException {
        boolean refused = !supervisor.isAlive() || portTaken();
        return refused || (files.readPid().isPresent() && running(files).isEmpty());
    }

    boolean portTaken() throws IOException {
        return files.readLog().contains("Address already in use");
    }

    /** Stops whatever came of the launch. A server that is still about to write its pid file is left to the supervisor. */
    void abandon() throws IOException, InterruptedException {
        Optional<ProcessHandle> server = running(files);
        if (server.isPresent()) {
            stop(server.get());
            release();
        } else if (failed()) {
            release();
        } else {
            supervisor.outputWriter(StandardCharsets.US_ASCII).close();
        }
    }

    /** Ends the supervisor. To be called when the server has ended. */
    void release() {
        try (Writer input = supervisor.outputWriter(StandardCharsets.US_ASCII)) {
            input.write("\n");
        } catch (IOException gone) {
            supervisor.destroyForcibly();
        }
    }
}
