package dev.sluice.bench.lab;

import dev.sluice.bench.worker.Identity;
import dev.sluice.time.Ticker;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The gateway: the jar that users run, on a Redis of its own. */
public final class Gateway {
    static final String EVENTS = "/v1/events";

    /** A few rounds' worth: what is kept for replay must not fill the machine's memory. */
    private static final String RETENTION_BYTES = String.valueOf(256 << 20);

    /** A change takes effect within a second in every pod: one of the gateway's guarantees. */
    private static final Duration IN_EFFECT = Duration.ofMillis(1500);

    private static final String UNMATCHED = "sluice_events_unmatched_total";
    private static final String SENT_AGAIN = "sluice_attempts_sent_again_total";

    private static final String CERTIFICATE = "SLUICE_HTTP_TLS_CERTIFICATE_FILE";
    private static final String KEY = "SLUICE_HTTP_TLS_KEY_FILE";
    private static final Duration START = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .sslContext(Trust.inOwn())
            .build();
    private final Child child;
    private final int port;
    private final boolean tls;
    private final String management;
    private final Duration readyAfter;

    private Gateway(Child child, int port, int managementPort, boolean tls) {
        this.child = child;
        this.port = port;
        this.tls = tls;
        this.management = "http://127.0.0.1:" + managementPort;
        long start = Ticker.SYSTEM.nanos();
        Wait.until("the gateway is ready", START, () -> {
            child.requireAlive();
            return ready();
        });
        this.readyAfter = Duration.ofNanos(Ticker.SYSTEM.nanos() - start);
    }

    public static Gateway start(Lab lab, Path jar, RedisServer redis) {
        return start(lab, "gateway", jar, redis, Map.of());
    }

    /**
     * Another than that of most scenarios.
     *
     * @param name of its log
     * @param settings environment variables
     */
    public static Gateway start(Lab lab, String name, Path jar, RedisServer redis, Map<String, String> settings) {
        if (!Files.isRegularFile(jar)) {
            throw new BenchFailed(jar + ": no such file (mvn package makes it)");
        }
        int port = Ports.free();
        int managementPort = Ports.free();
        Map<String, String> environment = new HashMap<>(Map.of(
                "SLUICE_HTTP_PORT",
                String.valueOf(port),
                "SLUICE_MANAGEMENT_PORT",
                String.valueOf(managementPort),
                "SLUICE_REDIS_URI",
                "redis://127.0.0.1:" + redis.port(),
                "SLUICE_SECRETS_KEY",
                Base64.getEncoder().encodeToString(new byte[32]),
                "SLUICE_DELIVERY_ALLOW_NETWORKS",
                "127.0.0.0/8",
                "SLUICE_JOURNAL_RETENTION_BYTES",
                RETENTION_BYTES));
        environment.putAll(settings);
        Child child = lab.start(name, false, environment, lab.java(List.of("-jar", jar.toString())));
        return new Gateway(child, port, managementPort, settings.containsKey(CERTIFICATE));
    }

    /** One that takes events and calls over TLS. */
    public static Gateway startOverTls(Lab lab, String name, Path jar, RedisServer redis) {
        Path certificate = lab.scratch(name).resolve("certificate.pem");
        Path key = lab.scratch(name).resolve("key.pem");
        try {
            Files.writeString(certificate, Identity.certificate());
            Files.writeString(key, Identity.key());
        } catch (IOException e) {
            throw new BenchFailed(certificate + ": not written", e);
        }
        return start(lab, name, jar, redis, Map.of(CERTIFICATE, certificate.toString(), KEY, key.toString()));
    }

    public boolean isTls() {
        return tls;
    }

    public Child child() {
        return child;
    }

    public int port() {
        return port;
    }

    /** From its start until {@code /health/ready} said 200. */
    public Duration readyAfter() {
        return readyAfter;
    }

    /** Creates it, waits until it is in effect, and answers its id. */
    public String createWebhook(JsonObject webhook) {
        return createWebhooks(List.of(webhook)).get(0);
    }

    /** Creates them, and waits once until all are in effect. */
    public List<String> createWebhooks(List<JsonObject> webhooks) {
        List<String> ids = webhooks.stream().map(this::create).toList();
        awaitChange();
        return ids;
    }

    /** Creates it, and waits until it is in effect. */
    public void createSource(JsonObject source) {
        call(request("/v1/sources")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(source.encode())));
        awaitChange();
    }

    /** Deletes webhooks of the default tenant, with all that is parked for them. */
    public void deleteWebhooks(List<String> ids) {
        ids.forEach(id -> call(request("/v1/webhooks/" + id).DELETE()));
    }

    /** How many deliveries of a webhook of the default tenant wait in Redis. */
    public long parked(String id) {
        return new JsonObject(call(request("/v1/webhooks/" + id).GET()))
                .getJsonObject("state")
                .getLong("parked");
    }

    /** Events that no webhook wanted, since the start. */
    public long unmatched() {
        return counted(UNMATCHED);
    }

    /** Requests that went out again at once, for whatever reason, since the start. */
    public long sentAgain() {
        return counted(SENT_AGAIN);
    }

    /** The sum of a counter over its labels; 0 before it counted anything. */
    private long counted(String name) {
        HttpRequest scrape = HttpRequest.newBuilder(URI.create(management + "/metrics"))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return send(scrape)
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                    .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (IOException e) {
            throw child.failed("does not answer /metrics: " + e);
        }
    }

    /** After webhooks were created by somebody else. */
    public void awaitChange() {
        Wait.rest(IN_EFFECT);
    }

    private String create(JsonObject webhook) {
        HttpRequest.Builder create = request("/v1/webhooks")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(webhook.encode()));
        return new JsonObject(call(create)).getString("id");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("%s://127.0.0.1:%d%s".formatted(tls ? "https" : "http", port, path)))
                .timeout(Duration.ofSeconds(60));
    }

    /** The body of a 2xx. */
    private String call(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        String what = request.method() + " " + request.uri().getPath();
        try {
            HttpResponse<String> answer = send(request);
            if (answer.statusCode() / 100 == 2) {
                return answer.body();
            }
            throw child.failed("refused %s: %d %s".formatted(what, answer.statusCode(), answer.body()));
        } catch (IOException e) {
            throw child.failed("did not answer %s: %s".formatted(what, e));
        }
    }

    private boolean ready() {
        HttpRequest ready = HttpRequest.newBuilder(URI.create(management + "/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return send(ready).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailed("interrupted", e);
        }
    }
}
