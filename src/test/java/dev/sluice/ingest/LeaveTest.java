package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.KeepAliveClient;
import dev.sluice.testing.RawHttp;
import dev.sluice.testing.RawHttp.Response;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the listener ends: nobody is cut off within a request, and nobody can keep it. */
@Timeout(60)
class LeaveTest {
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String EVENT = "{\"type\":\"a\"}";
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(600);

    private final IngestServer server = new IngestServer();

    @AfterEach
    void close() {
        server.close();
    }

    private RawHttp welcome() {
        RawHttp http = server.connect();
        assertThat(http.post("/v1/events", JSON, EVENT).read().header("connection"))
                .isNull();
        return http;
    }

    @Test
    void servesAClientOnceMoreAndTellsItToGo() {
        try (RawHttp http = welcome()) {
            Future<Void> left = server.leave(LONG);
            Response last = http.post("/v1/events", JSON, EVENT).read();

            assertThat(last.status()).isEqualTo(202);
            assertThat(last.header("connection")).isEqualTo("close");
            assertThat(http.isClosedByServer()).isTrue();
            left.await();
        }
    }

    @Test
    void tellsAClientThatWaitsForAnAnswerWithThatAnswer() throws InterruptedException {
        server.journal.holdUntil(2, Integer.MAX_VALUE);
        try (RawHttp http = server.connect()) {
            http.post("/v1/events", JSON, EVENT);
            server.journal.awaitPending(1);
            Future<Void> left = server.leave(LONG);
            server.home().await();
            server.journal.letGo();

            Response last = http.read();
            assertThat(last.status()).isEqualTo(202);
            assertThat(last.header("connection")).isEqualTo("close");
            left.await();
        }
    }

    @Test
    void answersWhatWasSentBehindTheLastRequestToo() throws InterruptedException {
        server.journal.holdUntil(3, Integer.MAX_VALUE);
        try (RawHttp http = server.connect()) {
            http.post("/v1/events", JSON, EVENT);
            server.journal.awaitPending(1);
            http.post("/v1/events", JSON, EVENT);
            Future<Void> left = server.leave(LONG);
            server.journal.letGo();

            assertThat(http.read().status()).isEqualTo(202);
            assertThat(http.read().status()).isEqualTo(202);
            left.await();
        }
    }

    @Test
    void closesAConnectionOnWhichNothingHappens() {
        try (RawHttp asked = welcome()) {
            Future<Void> left = server.leave(LONG);
            assertThat(asked.isClosedByServer()).isTrue();
            left.await();
        }
    }

    @Test
    void endsWithAConnectionThatNeverAskedWhenItHasBeenIdleForLong() {
        try (IngestServer impatient = IngestServer.withIdle(SHORT);
                RawHttp silent = impatient.connect();
                RawHttp next = impatient.connect()) {
            next.post("/v1/events", JSON, EVENT).read(); // so the one before it was accepted
            Future<Void> left = impatient.leave(LONG);
            assertThat(silent.isClosedByServer()).isTrue();
            left.await();
        }
    }

    @Test
    void endsThoughAClientFallsSilentWithinARequest() {
        try (RawHttp http = server.connect()) {
            http.send("POST /v1/events HTTP/1.1\r\nHost: x\r\n" + JSON
                    + "Content-Length: 100\r\nExpect: 100-continue\r\n\r\n");
            assertThat(http.read().status()).isEqualTo(100);
            http.send("{\"type\"");
            server.leave(SHORT).await();
            assertThat(http.isClosedByServer()).isTrue();
        }
    }

    @Test
    void servesWhoComesWhileItEndsAndTellsThemToo() throws InterruptedException {
        server.journal.holdUntil(2, Integer.MAX_VALUE);
        try (RawHttp first = server.connect()) {
            first.post("/v1/events", JSON, EVENT);
            server.journal.awaitPending(1);
            Future<Void> left = server.leave(LONG);
            try (RawHttp late = server.connect()) {
                Response answer = late.post("/v1/events", JSON, EVENT).read();
                assertThat(answer.status()).isEqualTo(202);
                assertThat(answer.header("connection")).isEqualTo("close");
            }
            assertThat(first.read().status()).isEqualTo(202);
            left.await();
        }
    }

    @Test
    void tellsAnHttp2ClientThatWaitsWithGoAwayAndAnswersIt() throws InterruptedException {
        server.journal.holdUntil(2, Integer.MAX_VALUE);
        HttpClientAgent client = server.vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        HttpClientRequest request = client.request(HttpMethod.POST, server.verticle.port(), "127.0.0.1", "/v1/events")
                .await();
        Promise<Integer> told = Promise.promise();
        request.connection().goAwayHandler(goAway -> told.complete(goAway.getLastStreamId()));
        Future<Integer> status = request.putHeader("content-type", "application/json")
                .send(EVENT)
                .map(response -> response.statusCode());
        server.journal.awaitPending(1);
        Future<Void> left = server.leave(LONG);

        assertThat(told.future().await()).as("streams on their way are served").isEqualTo(Integer.MAX_VALUE);
        server.journal.letGo();
        assertThat(status.await()).isEqualTo(202);
        left.await();
        client.close().await();
    }

    @Test
    void leavesNoRequestWithoutAnAnswerThoughClientsPostAllTheTime() {
        List<KeepAliveClient> clients = Stream.generate(() -> new KeepAliveClient(List.of(server.verticle.port())))
                .limit(20)
                .toList();
        clients.forEach(client -> client.awaitAnswers(10));
        server.leave(LONG).await();

        clients.forEach(KeepAliveClient::close);
        assertThat(clients).allSatisfy(client -> {
            assertThat(client.cutOff()).isEmpty();
            assertThat(client.statuses()).containsOnly(202);
        });
    }

    @Test
    void refusesWhatComesBeforeItIsOpened() {
        try (IngestServer closed = IngestServer.notOpened();
                RawHttp http = closed.connect()) {
            Response refused = http.post("/v1/events", JSON, EVENT).read();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("retry-after")).isEqualTo("1");
            assertThat(refused.body()).contains("starting");
        }
    }
}
