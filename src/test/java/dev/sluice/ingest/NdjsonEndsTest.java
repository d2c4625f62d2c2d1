package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.RawHttp;
import dev.sluice.testing.RawHttp.Response;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NdjsonEndsTest extends NdjsonHarness {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** The idle timeout of the server is 30 seconds. */
    @Test
    void endsAStreamOfWhichNoWholeLineComes() {
        try (RawHttp http = server.connect()) {
            http.send(CHUNKED).chunk("{\"type\":\"a\"}\n{\"ty").readHead();
            assertThat(http.readChunk()).contains("evt_");

            server.advance(Duration.ofSeconds(61));

            assertThat(http.readChunk()).contains("408", "no whole line for long");
            assertThat(http.readChunk()).isEmpty();
        }
    }

    @Test
    void keepsAStreamAsLongAsLinesCome() {
        try (RawHttp http = server.connect()) {
            http.send(CHUNKED).chunk("{\"type\":\"a\"}\n").readHead();
            for (int i = 0; i < 5; i++) {
                assertThat(http.readChunk()).contains("evt_");
                server.advance(Duration.ofSeconds(50));
                http.chunk("\n{\"type\":\"a\"}\n");
            }
            assertThat(http.readChunk()).contains("evt_");
        }
    }

    @Test
    void tellsASilentStreamWhichLinesWereTakenWhenThePodEnds() {
        try (RawHttp http = server.connect()) {
            http.send(CHUNKED).chunk("{\"type\":\"a\"}\n");
            assertThat(http.readHead().status()).isEqualTo(200);
            http.readChunk();
            Future<Void> left = server.leave(PATIENCE);
            JsonObject last = new JsonObject(http.readChunk());
            assertThat(last.getInteger("status")).isEqualTo(503);
            assertThat(last.getInteger("line")).isEqualTo(2);
            assertThat(last.getString("detail")).contains("neither this line nor one behind it was taken");
            assertThat(http.readChunk()).isEmpty();
            http.lastChunk();
            assertThat(http.isClosedByServer()).isTrue();
            left.await();
        }
    }

    @Test
    void storesWhatCameBeforeTheClientWentAway() throws InterruptedException {
        try (RawHttp http = server.connect()) {
            http.send(CHUNKED).chunk("{\"type\":\"a\"}\n{\"type\":");
        }
        server.journal.awaitTotal(1);
        assertThat(post("{\"type\":\"b\"}\n").body()).isEqualTo("{\"id\":\"evt_1\"}\n");
    }

    @Test
    void answersWhatCameBeforeItTellsThatThePodEnds() throws InterruptedException {
        server.journal.holdUntil(3, Integer.MAX_VALUE);
        try (RawHttp http = server.connect()) {
            http.send(CHUNKED).chunk("{\"type\":\"a\"}\n{\"type\":\"a\"}\n{\"type");
            server.journal.awaitPending(2);
            Future<Void> left = server.leave(PATIENCE);
            server.journal.letGo();

            List<String> lines = http.read().body().lines().toList();
            assertThat(lines.subList(0, 2)).containsExactly("{\"id\":\"evt_0\"}", "{\"id\":\"evt_1\"}");
            assertThat(new JsonObject(lines.get(2)).getInteger("line")).isEqualTo(3);
            left.await();
        }
    }

    @Test
    void beginsNoStreamWhileThePodEnds() {
        try (RawHttp http = server.connect()) {
            http.post("/v1/events", "Content-Type: application/json\r\n", "{\"type\":\"a\"}")
                    .read();
            server.leave(PATIENCE);
            Response response =
                    http.post("/v1/events", TYPE, "{\"type\":\"a\"}\n").read();
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.body()).contains("draining");
        }
    }
}
