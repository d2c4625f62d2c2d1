package dev.sluice.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.RawHttp;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is too late is decided by the first connection of each test, which is cut: the second has waited as long then. */
class FirstHeadTest {
    private final Vertx vertx = Vertx.builder()
            .withTransport(FirstHead.within(Duration.ofMillis(300)))
            .build();
    private final Promise<HttpServerRequest> asked = Promise.promise();
    private HttpServer server;

    @BeforeEach
    void listen() {
        server = vertx.createHttpServer()
                .requestHandler(asked::tryComplete)
                .listen(0, "127.0.0.1")
                .await();
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "P", "GET / HT", "GET / HTTP/1.1\r\nX-Tric", "PRI * HTTP/2.0\r\n"})
    void cutsAConnectionWithoutAHead(String begun) {
        try (RawHttp http = connect()) {
            http.send(begun);

            assertThat(http.isClosedByServer()).isTrue();
            assertThat(asked.future().isComplete()).isFalse();
        }
    }

    @Test
    void letsAConnectionBeAfterItsFirstHead() {
        try (RawHttp http = connect()) {
            http.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            HttpServerRequest request = asked.future().await();
            untilAnotherWasCut();
            request.response().end("late");

            assertThat(http.read().body()).isEqualTo("late");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void letsAConnectionBeThatBecameHttp2(boolean byUpgrade) {
        HttpClientOptions http2 =
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(byUpgrade);
        HttpClientAgent client = vertx.createHttpClient(http2);
        var answer = client.request(HttpMethod.GET, server.actualPort(), "127.0.0.1", "/")
                .compose(request -> request.send().compose(response -> response.body()));
        HttpServerRequest request = asked.future().await();
        untilAnotherWasCut();
        request.response().end("late");

        assertThat(answer.await().toString()).isEqualTo("late");
        assertThat(request.version()).isEqualTo(HttpVersion.HTTP_2);
        client.close().await();
    }

    private void untilAnotherWasCut() {
        try (RawHttp other = connect()) {
            assertThat(other.isClosedByServer()).isTrue();
        }
    }

    private RawHttp connect() {
        return new RawHttp(server.actualPort());
    }
}
