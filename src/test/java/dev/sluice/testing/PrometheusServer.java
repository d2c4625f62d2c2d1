package dev.sluice.testing;

import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A real Prometheus that scrapes pods as the job {@code sluice}, and holds rules against them. */
public final class PrometheusServer implements AutoCloseable {
    private static final String CONFIG = """
            global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 500ms}
            rule_files: [rules.yaml]
            scrape_configs:
              - job_name: sluice
                file_sd_configs:
                  - files: [pods.json]
                    refresh_interval: 1s
            """;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path folder;
    private final Process process;
    private final String url;
    private final Set<String> seen = new TreeSet<>();

    /** @param folder an empty one */
    public PrometheusServer(Tool prometheus, Path folder, AlertRules rules) {
        this.folder = folder;
        write("prometheus.yaml", CONFIG);
        write("rules.yaml", rules.plain());
        write("pods.json", "[]");
        int port = freePort();
        this.url = "http://127.0.0.1:" + port;
        this.process = Children.start(new ProcessBuilder(
                        prometheus.file().toString(),
                        "--config.file=" + folder.resolve("prometheus.yaml"),
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log.txt").toFile()));
        await().ignoreExceptions().until(() -> get("/-/ready"), ready -> true);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    private void write(String name, String text) {
        try {
            Path next = folder.resolve(name + ".next");
            Files.writeString(next, text);
            Files.move(next, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Which pods there are, as discovery would tell. */
    public void scrapes(List<String> hostsAndPorts) {
        write(
                "pods.json",
                new JsonArray()
                        .add(new JsonObject().put("targets", new JsonArray(hostsAndPorts)))
                        .encode());
    }

    /** The names of the alerts that fire at this moment. */
    public Set<String> firing() {
        JsonArray alerts =
                new JsonObject(get("/api/v1/alerts")).getJsonObject("data").getJsonArray("alerts");
        Set<String> firing = StreamSupport.stream(alerts.spliterator(), false)
                .map(JsonObject.class::cast)
                .filter(alert -> alert.getString("state").equals("firing"))
                .map(alert -> alert.getJsonObject("labels").getString("alertname"))
                .collect(Collectors.toCollection(TreeSet::new));
        seen.addAll(firing);
        return firing;
    }

    /** Those that were found firing whenever somebody looked. */
    public Set<String> seen() {
        firing();
        return Set.copyOf(seen);
    }

    /** What was seen so far was of a start. */
    public void forget() {
        seen.clear();
    }

    /** How many series answer; fails for a query that is none. */
    public int answers(String query) {
        JsonObject answer =
                new JsonObject(get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)));
        if (!answer.getString("status").equals("success")) {
            throw new IllegalArgumentException(query + ": " + answer.encode());
        }
        return answer.getJsonObject("data").getJsonArray("result").size();
    }

    private String get(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + path)).build();
            return client.send(request, BodyHandlers.ofString()).body();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        Children.kill(process);
    }
}
