package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.http.wire.FirstHead;
import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.RawHttp;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With an idle time of ten seconds: who trickles is cut off. */
class GuestsTest {
    private static final Duration NEVER = Duration.ofDays(1);

    private final Vertx vertx =
            Vertx.builder().withTransport(FirstHead.within(NEVER)).build();
    private final Context home = vertx.getOrCreateContext();
    private final ManualTicker ticker = new ManualTicker();
    private final Guests guests = new Guests(Duration.ofSeconds(10), ticker);
    private final Promise<HttpServerResponse> asked = Promise.promise();
    private HttpServer server;

    @BeforeEach
    void listen() {
        Promise<HttpServer> listening = Promise.promise();
        home.runOnContext(go -> vertx.createHttpServer()
                .connectionHandler(guests::came)
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .onComplete(listening));
        server = listening.future().await();
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    /** To {@code /later} by the test, to everything else as soon as all of it has come. */
    private void answer(HttpServerRequest request) {
        guests.asks(request);
        if (request.path().equals("/later")) {
            asked.tryComplete(request.response());
        } else {
            request.endHandler(end -> request.response().end("whole"));
        }
    }

    private void sweepAfter(int seconds) {
        Promise<Void> swept = Promise.promise();
        home.runOnContext(go -> {
            ticker.advance(Duration.ofSeconds(seconds));
            guests.sweep();
            swept.complete();
        });
        swept.future().await();
    }

    /** What was sent before this has been read. */
    private void settle(RawHttp other) {
        other.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").read();
    }

    private RawHttp connect() {
        return new RawHttp(server.actualPort());
    }

    @Test
    void cutsTheSecondHeadOfAConnectionThatTrickles() {
        try (RawHttp http = connect();
                RawHttp other = connect()) {
            settle(http);
            sweepAfter(60); // until now there was an answer
            http.send("GET / HTTP/1.1\r\nX-Tric");
            settle(other);
            sweepAfter(9);
            http.send("kle: a\r\nHost: localhost\r\n");
            settle(other);
            sweepAfter(2);

            assertThat(http.isClosedByServer()).isTrue();
        }
    }

    @Test
    void keepsAConnectionOfWhichEachRequestIsAnsweredBetweenTwoLooks() {
        try (RawHttp http = connect()) {
            for (int i = 0; i < 5; i++) {
                settle(http);
                sweepAfter(9);
            }
            settle(http);
        }
    }

    @Test
    void closesAConnectionThatAsksNothingMore() {
        try (RawHttp http = connect()) {
            settle(http);
            sweepAfter(1);
            sweepAfter(11);

            assertThat(http.isClosedByServer()).isTrue();
        }
    }

    @Test
    void answersABodyThatTricklesAndCutsItThen() {
        try (RawHttp http = connect()) {
            http.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nx");
            settle(connect());
            sweepAfter(20);
            http.send("x");
            settle(connect());
            sweepAfter(1);
            RawHttp.Response late = http.read();

            assertThat(late.status()).isEqualTo(408);
            assertThat(late.header("connection")).isEqualTo("close");
            assertThat(late.body()).contains("not whole after 20000 ms");
            sweepAfter(1);
            assertThat(http.isClosedByServer()).isTrue();
        }
    }

    @Test
    void waitsForAnAnswerAsLongAsItTakes() {
        try (RawHttp http = connect()) {
            http.send("GET /later HTTP/1.1\r\nHost: localhost\r\n\r\n");
            HttpServerResponse answer = asked.future().await();
            for (int i = 0; i < 100; i++) {
                sweepAfter(10);
            }
            home.runOnContext(go -> answer.end("late"));

            assertThat(http.read().body()).isEqualTo("late");
        }
    }

    @Test
    void answersABodyOverHttp2AndResetsItsStream() {
        HttpClientAgent client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        HttpClientRequest request = client.request(HttpMethod.POST, server.actualPort(), "127.0.0.1", "/")
                .await();
        request.setChunked(true);
        request.write("x").await();
        Promise<Throwable> ended = Promise.promise();
        request.exceptionHandler(ended::tryComplete);
        settle(connect());
        sweepAfter(21);

        assertThat(request.response().await().statusCode()).isEqualTo(408);
        sweepAfter(1);
        assertThat(ended.future().await()).isInstanceOf(StreamResetException.class);
        client.close().await();
    }
}
