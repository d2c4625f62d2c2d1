package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class Http2Test {
    private final IngestServer server = new IngestServer();
    private final HttpClientAgent client = server.vertx.createHttpClient(
            new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void takesEvents() {
        assertThat(post("application/json", "{\"type\":\"a\"}")).isEqualTo("202 {\"id\":\"evt_0\"}");
        assertThat(post("application/x-ndjson", "{\"type\":\"a\"}\n{\"type\":\"b\"}"))
                .isEqualTo("200 {\"id\":\"evt_1\"}\n{\"id\":\"evt_2\"}\n");
        assertThat(post("text/plain", "x")).startsWith("415");
    }

    @Test
    void refusesALargeBodyAndKeepsTheConnectionForOthers() {
        HttpClientRequest large = request("application/json").await();
        large.exceptionHandler(reset -> {}).putHeader("content-length", String.valueOf(10 * IngestServer.MAX_BODY));
        large.sendHead().await();
        assertThat(large.response().await().statusCode()).isEqualTo(413);
        large.write(Buffer.buffer(new byte[2 * IngestServer.MAX_BODY + 1]));

        HttpClientRequest next = request("application/json").await();
        assertThat(next.connection()).isSameAs(large.connection());
        assertThat(next.send("{\"type\":\"a\"}").await().statusCode()).isEqualTo(202);
    }

    private Future<HttpClientRequest> request(String contentType) {
        return client.request(HttpMethod.POST, server.verticle.port(), "127.0.0.1", "/v1/events")
                .map(request -> request.putHeader("content-type", contentType));
    }

    private String post(String contentType, String body) {
        return request(contentType)
                .compose(request -> request.send(body))
                .compose(Http2Test::whole)
                .await();
    }

    private static Future<String> whole(HttpClientResponse response) {
        return response.body().map(body -> response.statusCode() + " " + body);
    }
}
