package dev.sluice.admin;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Calls of the API, and their answers; each is held against the contract. */
public abstract class ApiClient {
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpClient.Version version = HttpClient.Version.HTTP_2;

    /** Null for a caller that has none. */
    String token;

    public abstract int port();

    public Answer get(String path) {
        return send("GET", path, null);
    }

    public Answer delete(String path, String... headers) {
        return send("DELETE", path, null, headers);
    }

    public Answer post(String path, JsonObject body, String... headers) {
        return json("POST", path, body, headers);
    }

    public Answer put(String path, JsonObject body, String... headers) {
        return json("PUT", path, body, headers);
    }

    public Answer patch(String path, JsonObject body, String... headers) {
        return json("PATCH", path, body, headers);
    }

    public Answer sendOverHttp1(String method, String path) {
        HttpClient.Version usual = version;
        version = HttpClient.Version.HTTP_1_1;
        try {
            return send(method, path, null);
        } finally {
            version = usual;
        }
    }

    private Answer json(String method, String path, JsonObject body, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Content-Type";
        all[1] = "application/json";
        return send(method, path, body.encode(), all);
    }

    public Answer send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(20))
                .version(version)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            String type = response.headers().firstValue("Content-Type").orElse(null);
            Contract.check(method, path, response.statusCode(), type, response.body());
            return new Answer(response);
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    public record Answer(HttpResponse<String> response) {
        public int status() {
            return response.statusCode();
        }

        public JsonObject json() {
            return new JsonObject(Buffer.buffer(response.body()));
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        /** The last segment of the problem's type, if it is a problem. */
        public String problem() {
            String type = json().getString("type");
            boolean isProblem = "application/problem+json".equals(header("Content-Type"));
            return isProblem ? type.substring("urn:sluice:problem:".length()) : null;
        }

        public String pointer() {
            return json().getJsonArray("errors").getJsonObject(0).getString("pointer");
        }

        public String detail() {
            return json().getString("detail");
        }
    }
}
