package dev.sluice.testing;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sluice as a process of its own, on free ports that its banner tells. Its output is in {@code target/chaos}. May be
 * used from any thread.
 */
public final class GatewayProcess {
    private static final Path LOGS = Path.of("target", "chaos");
    private static final Duration START = Duration.ofSeconds(60);
    private static final Pattern GUIDE = Pattern.compile("\\s+Guide\\s+(http://\\S+)/");
    private static final Pattern METRICS = Pattern.compile("\\s+Metrics\\s+(http://\\S+)/metrics.*");

    private final String name;
    private final Process process;
    private final Thread copying;

    // written by the thread that copies the output
    private volatile String url;
    private volatile String managementUrl;
    private final Queue<Line> lines = new ConcurrentLinkedQueue<>();

    /** @param readAt monotonic nanoseconds */
    private record Line(String text, long readAt) {}

    private GatewayProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.copying = new Thread(this::copyOutput, "output-of-" + name);
    }

    /** Returns at once; see {@link #awaitReady()}. */
    static GatewayProcess launch(String name, Map<String, String> settings) {
        return launch(name, PodClasses.command(), settings);
    }

    /** @param command whose process becomes Sluice */
    static GatewayProcess launch(String name, List<String> command, Map<String, String> settings) {
        try {
            Files.createDirectories(LOGS);
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().keySet().removeIf(variable -> variable.startsWith("SLUICE_"));
            builder.environment().putAll(settings);
            builder.redirectErrorStream(true);
            GatewayProcess gateway = new GatewayProcess(name, builder.start());
            gateway.copying.setDaemon(true);
            gateway.copying.start();
            return gateway;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void copyOutput() {
        try (BufferedReader lines =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                BufferedWriter log = Files.newBufferedWriter(LOGS.resolve(name + ".log"))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.write(line + "\n");
                log.flush();
                read(line);
            }
        } catch (IOException ended) {
            // a killed process closes its output anyhow
        }
    }

    private void read(String line) {
        lines.add(new Line(line, System.nanoTime()));
        Matcher guide = GUIDE.matcher(line);
        Matcher metrics = METRICS.matcher(line);
        if (guide.matches()) {
            url = guide.group(1);
        } else if (metrics.matches()) {
            managementUrl = metrics.group(1);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Where its API is, once it is ready and while it is alive. */
    public Optional<String> reachable() {
        return process.isAlive() && managementUrl != null ? Optional.of(url) : Optional.empty();
    }

    public String url() {
        return reachable().orElseThrow(() -> new IllegalStateException(name + " is not running"));
    }

    /** Where its metrics are, once it is ready. */
    public String managementUrl() {
        return Optional.ofNullable(managementUrl).orElseThrow(() -> new IllegalStateException(name + " is not ready"));
    }

    /** Fails at once if the process ended instead. */
    public GatewayProcess awaitReady() {
        await().atMost(START).pollInterval(Duration.ofMillis(20)).until(this::isReady);
        return this;
    }

    private boolean isReady() {
        if (!process.isAlive()) {
            exitWithin(START);
            throw new AssertionError("%s ended with %d: %s".formatted(name, process.exitValue(), log()));
        }
        return managementUrl != null && status(managementUrl + "/health/ready") == 200;
    }

    /** What it told the log so far. */
    public String log() {
        try {
            return Files.readString(LOGS.resolve(name + ".log"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** When it told this first, in monotonic nanoseconds; empty if it did not. */
    public OptionalLong toldAt(String text) {
        return lines.stream()
                .filter(line -> line.text().contains(text))
                .mapToLong(Line::readAt)
                .findFirst();
    }

    /** SIGKILL. Returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        exitWithin(START);
    }

    /** SIGSTOP: it does nothing until {@link #resume}. */
    public void suspend() {
        signal("-STOP");
    }

    public void resume() {
        signal("-CONT");
    }

    private void signal(String signal) {
        Process kill = Children.start(new ProcessBuilder("kill", signal, String.valueOf(process.pid())));
        if (kill.onExit().join().exitValue() != 0) {
            throw new AssertionError("kill %s %s failed".formatted(signal, name));
        }
    }

    /** SIGTERM, which leaves its output open: what it says at its end is in the log, too. */
    public void terminate() {
        process.toHandle().destroy();
    }

    /** The exit code; fails if the process has not ended in time. */
    public int exitWithin(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("%s runs on after %s".formatted(name, patience));
            }
            copying.join();
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static int status(String url) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(1000);
            return connection.getResponseCode();
        } catch (IOException away) {
            return -1;
        }
    }
}
