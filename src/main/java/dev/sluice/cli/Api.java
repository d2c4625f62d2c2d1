package dev.sluice.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The API of a running Sluice. Blocks. */
final class Api {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PARTITIONS = "/v1/journal/partitions";
    /** More than anybody has files for. */
    private static final int MOST_OBJECTS = 100_000;

    private final HttpClient client;
    private final String url;
    private final @Nullable String key;

    Api(String url, @Nullable String key) {
        this(url, key, null);
    }

    /** @param trust over TLS; null: that of the JDK */
    Api(String url, @Nullable String key, @Nullable SSLContext trust) {
        this.url = url;
        this.key = key;
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE);
        this.client = (trust == null ? builder : builder.sslContext(trust)).build();
    }

    /** @param changed what a dry run says */
    record Answer(JsonObject body, boolean changed) {}

    /** The one that the key is bound to, or null. */
    @Nullable
    String tenant() {
        return call("GET", "/v1/me", null, null).body().getString("tenant");
    }

    /** What each provider says of its sources. */
    Map<String, JsonObject> providers() {
        Map<String, JsonObject> all = new HashMap<>();
        JsonArray list = call("GET", "/v1/providers", null, null).body().getJsonArray("providers", new JsonArray());
        list.stream()
                .map(JsonObject.class::cast)
                .forEach(one -> all.put(one.getString("name"), one.getJsonObject("source", new JsonObject())));
        return all;
    }

    /**
     * All of a kind, page after page.
     *
     * @throws CliFailure for more than are held: one that were left out would be made again, or keep its old seal
     */
    List<JsonObject> list(Kind kind, @Nullable String tenant) {
        List<JsonObject> all = new ArrayList<>();
        String cursor = null;
        do {
            String query = "?limit=500" + parameter("tenant", kind == Kind.WEBHOOK ? tenant : null)
                    + parameter("cursor", cursor);
            JsonObject page = call("GET", kind.path() + query, null, null).body();
            page.getJsonArray(kind.list(), new JsonArray()).forEach(one -> all.add((JsonObject) one));
            if (all.size() > MOST_OBJECTS) {
                throw new CliFailure(
                        "%s: more than a command can hold (expected: at most %d)".formatted(kind.list(), MOST_OBJECTS));
            }
            cursor = page.getString("cursor");
        } while (cursor != null);
        return all;
    }

    Answer create(Kind kind, @Nullable String tenant, JsonObject body, boolean dryRun) {
        return call("POST", kind.path() + "?dryRun=" + dryRun + parameter("tenant", tenant), body, null);
    }

    /** @param version that it has; another one is refused */
    Answer change(Kind kind, String id, @Nullable String tenant, JsonObject body, long version, boolean dryRun) {
        String path = "%s/%s?dryRun=%s".formatted(kind.path(), encoded(id), dryRun);
        return kind == Kind.WEBHOOK
                ? call("PUT", path + parameter("tenant", tenant), body, version)
                : call("PATCH", path, body, version);
    }

    /** As it is. */
    void save(Kind kind, String id, @Nullable String tenant, long version) {
        String query = kind == Kind.WEBHOOK && tenant != null ? "?tenant=" + encoded(tenant) : "";
        call("PATCH", kind.path() + "/" + encoded(id) + query, new JsonObject(), version);
    }

    void delete(Kind kind, String id, @Nullable String tenant, long version) {
        String query = kind == Kind.WEBHOOK && tenant != null ? "?tenant=" + encoded(tenant) : "";
        call("DELETE", kind.path() + "/" + encoded(id) + query, null, version);
    }

    JsonObject partitions() {
        return call("GET", PARTITIONS, null, null).body();
    }

    /** When all pods follow, or have not for ten seconds. */
    JsonObject raise(int partitions) {
        return call("PUT", PARTITIONS, new JsonObject().put("partitions", partitions), null)
                .body();
    }

    private static String parameter(String name, @Nullable String value) {
        return value == null ? "" : "&" + name + "=" + encoded(value);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Answer call(String method, String path, @Nullable JsonObject body, @Nullable Long version) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(PATIENCE)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.encode()));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        if (version != null) {
            request.header("If-Match", "\"" + version + "\"");
        }
        try {
            return read(client.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException away) {
            String why = away.getMessage() == null ? away.getClass().getSimpleName() : away.getMessage();
            throw new CliFailure("%s does not answer (%s); --url says where Sluice is".formatted(url, why));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliFailure("interrupted");
        }
    }

    private static Answer read(HttpResponse<String> answer) {
        JsonObject body = json(answer.body());
        if (answer.statusCode() >= 300) {
            throw new CliFailure(problem(answer.statusCode(), body));
        }
        boolean changed = answer.headers()
                .firstValue("Sluice-Changed")
                .map(Boolean::parseBoolean)
                .orElse(true);
        return new Answer(body, changed);
    }

    private static JsonObject json(String text) {
        try {
            return text.isBlank() ? new JsonObject() : new JsonObject(text);
        } catch (DecodeException notOurs) {
            return new JsonObject().put("detail", "the answer is no JSON: is it Sluice that listens there?");
        }
    }

    private static String problem(int status, JsonObject body) {
        JsonArray errors = body.getJsonArray("errors", new JsonArray());
        String detail = errors.isEmpty()
                ? body.getString("detail", body.getString("title", "no reason given"))
                : errors.stream()
                        .map(JsonObject.class::cast)
                        .map(error -> "%s: %s".formatted(error.getString("pointer"), error.getString("detail")))
                        .collect(Collectors.joining("; "));
        return status == 401
                ? "401: %s (--key or SLUICE_KEY, one with the role manage, or admin for partitions)".formatted(detail)
                : "%d: %s".formatted(status, detail);
    }
}
