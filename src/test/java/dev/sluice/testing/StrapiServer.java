package dev.sluice.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real Strapi in development mode for each test class, with a database of its own, running before each test. Where
 * there is none the class is left out, see {@link StrapiInstallation}.
 */
public final class StrapiServer implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    private static final Duration START = Duration.ofMinutes(2);

    private final String secret = UUID.randomUUID().toString();
    private final Path app = StrapiInstallation.LOGS.resolve("app");
    private Process process;
    private int port;
    private int starts;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        Path modules = StrapiInstallation.folder().resolve("node_modules");
        if (Files.exists(app)) {
            delete(app);
        }
        copy(StrapiInstallation.FILES.resolve("app"), app);
        Files.createDirectories(app.resolve("public/uploads"));
        Files.createSymbolicLink(app.resolve("node_modules"), modules);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        if (process == null || !process.isAlive()) {
            start();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (process != null) {
            kill();
        }
    }

    /** Another one after each start. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** SIGKILL. Returns when it is gone. */
    public void kill() {
        Children.kill(process);
    }

    private void start() throws IOException {
        port = freePort();
        Path log = StrapiInstallation.LOGS.resolve("strapi-" + starts++ + ".log");
        ProcessBuilder builder = new ProcessBuilder("node", "node_modules/@strapi/strapi/bin/strapi.js", "start")
                .directory(app.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.of(
                        "NODE_ENV",
                        "development", // in production it refuses webhooks to this machine
                        "PORT",
                        Integer.toString(port),
                        "SECRET",
                        secret,
                        "STRAPI_TELEMETRY_DISABLED",
                        "true"));
        process = Children.start(builder);
        await().atMost(START)
                .failFast("Strapi ended, see " + log, () -> !process.isAlive())
                .until(this::isHealthy);
    }

    /** Strapi does not tell which port it took, so it cannot choose one. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean isHealthy() {
        try {
            HttpURLConnection health =
                    (HttpURLConnection) URI.create(url() + "/_health").toURL().openConnection();
            health.setConnectTimeout(1000);
            health.setReadTimeout(5000);
            return health.getResponseCode() == 204;
        } catch (IOException away) {
            return false;
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path file : below(from)) {
            Files.copy(file, to.resolve(from.relativize(file).toString()));
        }
    }

    /** With all that is in it; what a link leads to stays. */
    private static void delete(Path folder) throws IOException {
        List<Path> deepestFirst = new ArrayList<>(below(folder));
        Collections.reverse(deepestFirst);
        for (Path file : deepestFirst) {
            Files.delete(file);
        }
    }

    /** Folders before what is in them. */
    private static List<Path> below(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList();
        }
    }
}
