package dev.sluice;

import dev.sluice.testing.PodClasses;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Sluice as a process of its own, in a folder of its own, with nothing of the caller's environment that configures it. */
final class SluiceProcess implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path errors;
    private final BufferedReader output;
    private final List<String> log = new ArrayList<>();

    /** How a process ended. */
    record End(int code, List<String> errors) {}

    /** @param arguments of Sluice; those that begin with {@code -D} are for its JVM */
    SluiceProcess(Path folder, Map<String, String> environment, String... arguments) {
        this.errors = folder.resolve("stderr");
        List<String> command = PodClasses.command(
                Stream.of(arguments).filter(SluiceProcess::isForJvm).toArray(String[]::new));
        Stream.of(arguments).filter(argument -> !isForJvm(argument)).forEach(command::add);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SLUICE_"));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        output = process.inputReader();
    }

    private static boolean isForJvm(String argument) {
        return argument.startsWith("-D");
    }

    /** What it says on the terminal up to a line that begins so; log lines are left out. */
    List<String> linesUpTo(String beginning) {
        List<String> lines = new ArrayList<>();
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith("{")) {
                    log.add(line);
                } else {
                    lines.add(line.strip());
                }
                if (line.strip().startsWith(beginning)) {
                    return lines;
                }
            }
            throw new AssertionError("no line began with %s: %s, %s".formatted(beginning, lines, end()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGTERM, which leaves its output open. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** What it logged until it ended. */
    List<String> logToTheEnd() {
        output.lines().filter(line -> line.startsWith("{")).forEach(log::add);
        return log;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until it ended by itself, or by {@link #terminate}. */
    End end() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("did not end in %d s".formatted(PATIENCE_SECONDS));
            }
            return new End(process.exitValue(), Files.readAllLines(errors));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In order, so that the embedded Redis ends too. */
    @Override
    public void close() {
        terminate();
        end();
    }
}
