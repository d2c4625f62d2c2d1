package dev.sluice.testing.browser;

import dev.sluice.testing.Children;
import dev.sluice.testing.LeftOut;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A real Chromium without a window. {@code -Dsluice.chromium} names its program, or says {@code false}; where there is none,
 * the tests that need it are left out and say so. Playwright would bring 190 MB and a Node.js for what is done here.
 */
public final class Browser implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");
    private static final String WHERE = "DevTools listening on ";

    private final Process process;
    private final Path profile;
    private final DevTools tools;
    private final Map<String, Tab> tabs = new ConcurrentHashMap<>();

    private Browser(Path program) {
        try {
            profile = Files.createTempDirectory("chromium");
            process = Children.start(new ProcessBuilder(
                            program.toString(),
                            "--headless=new",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-dev-shm-usage",
                            "--hide-scrollbars",
                            "--no-first-run",
                            "--remote-debugging-port=0",
                            "--user-data-dir=" + profile)
                    .redirectErrorStream(true));
            tools = new DevTools(address(), this::happened);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Leaves the test out where there is no Chromium. */
    public static Browser open() {
        return new Browser(find().orElseThrow(() -> LeftOut.because(
                "there is no Chromium: the console is not tried in a browser. -Dsluice.chromium names one")));
    }

    private static Optional<Path> find() {
        String said = System.getProperty("sluice.chromium", "");
        if (!said.isEmpty()) {
            return Optional.of(Path.of(said)).filter(Files::isExecutable);
        }
        return NAMES.stream()
                .flatMap(name ->
                        List.of(System.getenv("PATH").split(":")).stream().map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private String address() throws IOException {
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.contains(WHERE)) {
                Thread rest = new Thread(() -> said.lines().forEach(more -> {}), "chromium");
                rest.setDaemon(true);
                rest.start();
                return line.substring(line.indexOf(WHERE) + WHERE.length());
            }
        }
        throw new IOException("Chromium ended before it listened");
    }

    /** A tab that shares nothing with the others. */
    public Tab tab() {
        String context =
                tools.ask(null, "Target.createBrowserContext", new JsonObject()).getString("browserContextId");
        String target = tools.ask(
                        null,
                        "Target.createTarget",
                        new JsonObject().put("url", "about:blank").put("browserContextId", context))
                .getString("targetId");
        String session = tools.ask(
                        null,
                        "Target.attachToTarget",
                        new JsonObject().put("targetId", target).put("flatten", true))
                .getString("sessionId");
        Tab tab = new Tab((method, parameters) -> tools.ask(session, method, parameters));
        tabs.put(session, tab);
        tab.begin();
        return tab;
    }

    private void happened(String session, String method, JsonObject event) {
        Tab tab = session == null ? null : tabs.get(session);
        if (tab != null) {
            tab.happened(method, event);
        }
    }

    @Override
    public void close() {
        tools.close();
        Children.kill(process);
        try (var files = Files.walk(profile)) {
            files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException gone) {
            // a file that Chromium removed by itself
        }
    }
}
