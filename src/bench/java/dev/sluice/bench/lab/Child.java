package dev.sluice.bench.lab;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that was started here and is ended here, by its id. */
public final class Child implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String name;
    private final Path log;
    private final Process process;

    private Child(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /** Its standard error goes to the log; its standard output too, unless {@code talks}: then it is read by us. */
    public static Child start(
            String name, Path folder, boolean talks, Map<String, String> environment, List<String> command) {
        File log = folder.resolve(name + ".log").toFile();
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("SLUICE_"));
        builder.environment().putAll(environment);
        builder.redirectError(log);
        if (!talks) {
            builder.redirectErrorStream(true).redirectOutput(log);
        }
        try {
            return new Child(name, log.toPath(), builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": not started", e);
        }
    }

    public String name() {
        return name;
    }

    public Process process() {
        return process;
    }

    /** User and system time of all its threads since it started ({@code /proc/<pid>/stat}; 10 ms steps on Linux). */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow(() -> failed("has ended"));
    }

    public void requireAlive() {
        if (!process.isAlive()) {
            throw failed("ended with exit code " + process.exitValue());
        }
    }

    public BenchFailed failed(String what) {
        return new BenchFailed("%s %s (its log: %s)".formatted(name, what, log));
    }

    /** Asks it to end; {@link #close} waits for it. */
    public void terminate() {
        process.destroy();
    }

    @Override
    public void close() {
        terminate();
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
