package dev.sluice.admin.web;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** A success, as it will be answered. */
public record Reply(int status, Map<CharSequence, String> headers, Buffer body) {
    public Reply {
        headers = Map.copyOf(headers);
    }

    public static Reply json(int status, JsonObject json) {
        return content("application/json", json.toBuffer()).withStatus(status);
    }

    public static Reply ok(JsonObject json) {
        return json(200, json);
    }

    public static Reply content(String type, Buffer body) {
        return new Reply(200, Map.of(HttpHeaders.CONTENT_TYPE, type), body);
    }

    public static Reply noContent() {
        return new Reply(204, Map.of(), Buffer.buffer());
    }

    public Reply with(CharSequence header, String value) {
        Map<CharSequence, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, body);
    }

    private Reply withStatus(int status) {
        return new Reply(status, headers, body);
    }

    /** Vert.x drops the body of an answer to HEAD over HTTP/1.1, but not over HTTP/2. */
    Future<Void> writeTo(HttpServerRequest request) {
        HttpServerResponse response = request.response().setStatusCode(status);
        headers.forEach(response::putHeader);
        if (request.method().equals(HttpMethod.HEAD)) {
            return response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length()))
                    .end();
        }
        return body.length() == 0 ? response.end() : response.end(body);
    }
}
