package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ingest.body.Gunzip;
import dev.sluice.testing.RawHttp;
import dev.sluice.testing.RawHttp.Response;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NdjsonStreamTest extends NdjsonHarness {
    @Test
    void answersLineByLineInOrder() {
        Response response = post("{\"type\":\"a\",\"id\":\"1\"}\n\n{\"type\":\"b\"}\r\n{\"type\":\"a\",\"id\":\"1\"}");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("content-type")).isEqualTo("application/x-ndjson");
        assertThat(response.body())
                .isEqualTo("{\"id\":\"evt_0\"}\n{\"id\":\"evt_1\"}\n{\"id\":\"evt_0\",\"duplicate\":true}\n");
    }

    @Test
    void appendsTheLinesOfAChunkTogether() {
        post("{\"type\":\"a\"}\n".repeat(50));

        assertThat(server.journal.groups()).containsExactly(50);
    }

    @Test
    void answersABadLineInItsPlaceAndGoesOn() {
        List<String> lines = post("{\"type\":\"a\"}\n{\"time\":\"x\"}\nnonsense\n[]\n{\"type\":\"b\"}\n")
                .body()
                .lines()
                .toList();

        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).isEqualTo("{\"id\":\"evt_0\"}");
        JsonObject second = new JsonObject(lines.get(1));
        assertThat(second.getInteger("status")).isEqualTo(400);
        assertThat(second.getInteger("line")).isEqualTo(2);
        assertThat(second.getJsonArray("errors")).hasSize(2);
        assertThat(new JsonObject(lines.get(2)).getString("detail")).startsWith("byte");
        assertThat(new JsonObject(lines.get(3)).getInteger("line")).isEqualTo(4);
        assertThat(lines.get(4)).isEqualTo("{\"id\":\"evt_1\"}");
        assertThat(server.listener.accepted()).isEqualTo(2);
        assertThat(server.listener.refused()).containsExactly("invalid-event", "malformed-json", "invalid-event");
    }

    /** Log shippers look at the status alone. */
    @Test
    void saysInTheStatusWhetherLinesWereTaken() {
        assertThat(post("{\"type\":\"a\"}\n{}\n").status()).isEqualTo(207);
        Response none = post("{}\n[]\nnonsense\n");
        assertThat(none.status()).isEqualTo(400);
        assertThat(none.header("content-type")).isEqualTo("application/x-ndjson");
        assertThat(none.body().lines()).hasSize(3);
        assertThat(post("x".repeat(IngestServer.MAX_BODY + 1)).status()).isEqualTo(413);
    }

    @Test
    void asksForAllOfThemAgainIfOneMayBeTakenLater() {
        server.journal.becomeUnavailable();
        Response response = post("{\"type\":\"a\"}\n{}\n");
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.header("retry-after")).isEqualTo("1");
    }

    @Test
    void saysInTheStatusOfALongStreamThatNotAllWasTakenSoFar() {
        try (RawHttp http = server.connect()) {
            http.send(CHUNKED).chunk("{}\n");
            assertThat(http.readHead().status()).isEqualTo(207);
            assertThat(http.readChunk()).contains("400");
            http.chunk("{\"type\":\"a\"}\n").lastChunk();
            assertThat(http.readChunk()).contains("evt_0");
        }
        String tooManyToHold = "{}\n".repeat(IngestServer.MAX_BODY / 100);
        assertThat(post(tooManyToHold).status()).isEqualTo(207);
    }

    @Test
    void unpacksGzip() {
        byte[] packed = Packed.gzip("{\"type\":\"a\"}\n".repeat(20_000));
        String head = "POST /v1/events HTTP/1.1\r\nHost: x\r\n" + TYPE + "Content-Encoding: gzip\r\nContent-Length: "
                + packed.length + "\r\n\r\n";
        try (RawHttp http = server.connect()) {
            Response response = http.send(head).send(packed).read();
            assertThat(response.body().lines()).hasSize(20_000).last().isEqualTo("{\"id\":\"evt_19999\"}");
            assertThat(http.send(head).send(packed).read().status()).isEqualTo(200);
        }
        assertThat(server.journal.maxPending())
                .isLessThan(NdjsonStream.WINDOW + Gunzip.PIECE / "{\"type\":\"a\"}\n".length() + 1);
    }

    @Test
    void endsAPackedStreamThatIsCutOffOrNoGzip() {
        byte[] packed = Packed.gzip("{\"type\":\"a\"}\n");
        assertThat(postPacked(Arrays.copyOf(packed, packed.length - 3)).status())
                .isEqualTo(207);
        assertThat(postPacked("{\"type\":\"a\"}\n".getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(400);
        assertThat(postPacked(Packed.gzip(" ".repeat(50_000_000))).status()).isEqualTo(413);
        assertThat(postPacked(Packed.gzip("\n".repeat(50_000_000))).status()).isEqualTo(200);
    }

    private Response postPacked(byte[] packed) {
        try (RawHttp http = server.connect()) {
            return http.send("POST /v1/events HTTP/1.1\r\nHost: x\r\n" + TYPE
                            + "Content-Encoding: gzip\r\nContent-Length: " + packed.length + "\r\n\r\n")
                    .send(packed)
                    .read();
        }
    }

    @Test
    void putsALineTogetherFromManyChunks() {
        try (RawHttp http = server.connect()) {
            http.send(CHUNKED);
            for (char c : "{\"type\":\"a\",\"data\":[1,2]}\n{\"type\":\"b\",\"data\":3}".toCharArray()) {
                http.chunk(String.valueOf(c));
            }
            Response response = http.lastChunk().read();
            assertThat(response.body()).isEqualTo("{\"id\":\"evt_0\"}\n{\"id\":\"evt_1\"}\n");
        }
        assertThat(server.journal.drafts())
                .extracting(draft -> draft.data().toString())
                .containsExactly("[1,2]", "3");
    }

    @Test
    void answersWhileTheRequestGoesOn() {
        try (RawHttp http = server.connect()) {
            http.send(CHUNKED).chunk("{\"type\":\"a\"}\n");
            assertThat(http.readHead().status()).isEqualTo(200);
            assertThat(http.readChunk()).isEqualTo("{\"id\":\"evt_0\"}\n");
            http.chunk("{\"type\":\"a\"}\n");
            assertThat(http.readChunk()).isEqualTo("{\"id\":\"evt_1\"}\n");
            http.lastChunk();
            assertThat(http.readChunk()).isEmpty();
            http.post("/v1/events", TYPE, "{\"type\":\"a\"}");
            assertThat(http.read().status()).isEqualTo(200);
        }
    }

    @Test
    void takesAnEmptyStream() {
        assertThat(post("").body()).isEmpty();
        assertThat(post("\n\n \n").body()).isEmpty();
        assertThat(server.journal.groups()).isEmpty();
    }

    @Test
    void invitesAClientThatWaits() {
        try (RawHttp http = server.connect()) {
            http.send("POST /v1/events HTTP/1.1\r\nHost: x\r\n" + TYPE
                    + "Content-Length: 13\r\nExpect: 100-continue\r\n\r\n");
            assertThat(http.read().status()).isEqualTo(100);
            assertThat(http.send("{\"type\":\"a\"}\n").read().body()).isEqualTo("{\"id\":\"evt_0\"}\n");
        }
    }

    @Test
    void keysEachLineByItsNumber() {
        server.post("/v1/events", TYPE + "Idempotency-Key: k\r\n", "{\"type\":\"a\"}\n\n{\"type\":\"b\"}\n");

        assertThat(server.journal.drafts())
                .extracting(draft -> draft.identity().group())
                .containsExactly(
                        "default\nkey\nkey_test\n/v1/events\nk\n1", "default\nkey\nkey_test\n/v1/events\nk\n3");
    }

    @Test
    void refusesALineWhoseNumberStoodForAnotherUnderTheSameKeyAndTakesTheOthers() {
        server.post("/v1/events", TYPE + "Idempotency-Key: k\r\n", "{\"type\":\"a\"}\n{\"type\":\"b\"}\n");

        List<String> lines = server.post(
                        "/v1/events",
                        TYPE + "Idempotency-Key: k\r\n",
                        "{\"type\":\"a\"}\n{\"type\":\"x\"}\n{\"type\":\"c\"}\n")
                .body()
                .lines()
                .toList();

        assertThat(lines.get(0)).isEqualTo("{\"id\":\"evt_0\",\"duplicate\":true}");
        assertThat(lines.get(1)).contains("\"status\":422", "\"line\":2", "Idempotency-Key");
        assertThat(lines.get(2)).isEqualTo("{\"id\":\"evt_4\"}");
    }

    @Test
    void endsAtALineThatIsTooLongAfterAnsweringTheLinesBeforeIt() {
        try (RawHttp http = server.connect()) {
            http.send(CHUNKED).chunk("{\"type\":\"a\"}\n").chunk("x".repeat(IngestServer.MAX_BODY + 1));
            List<String> lines = http.read().body().lines().toList();

            assertThat(lines.get(0)).isEqualTo("{\"id\":\"evt_0\"}");
            assertThat(new JsonObject(lines.get(1)).getInteger("status")).isEqualTo(413);
            assertThat(new JsonObject(lines.get(1)).getInteger("line")).isEqualTo(2);
            assertThat(lines).hasSize(2);
        }
    }
}
