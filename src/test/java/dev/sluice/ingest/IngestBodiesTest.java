package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.RawHttp;
import dev.sluice.testing.RawHttp.Response;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How the body of a request comes, and when it is too large or too slow. */
class IngestBodiesTest {
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String CHUNKED =
            "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";

    private final IngestServer server = new IngestServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void takesABodyInChunks() {
        try (RawHttp http = server.connect()) {
            http.send(CHUNKED)
                    .chunk("{\"type\":")
                    .chunk("\"a\",\"da")
                    .chunk("ta\":\"é\"}")
                    .lastChunk();

            assertThat(http.read().status()).isEqualTo(202);
            assertThat(server.journal.only().data()).hasToString("\"é\"");
        }
    }

    @Test
    void unpacksABodyThatIsGzip() {
        byte[] packed = Packed.gzip("{\"type\":\"a\",\"data\":\"é\"}");
        try (RawHttp http = server.connect()) {
            http.send("POST /v1/events HTTP/1.1\r\nHost: x\r\n" + JSON + "Content-Encoding: gzip\r\nContent-Length: "
                            + packed.length + "\r\n\r\n")
                    .send(packed);
            assertThat(http.read().status()).isEqualTo(202);
        }
        assertThat(server.journal.only().data()).hasToString("\"é\"");
    }

    @Test
    void asksForTheBodyOfAClientThatWaits() {
        try (RawHttp http = server.connect()) {
            http.send("POST /v1/events HTTP/1.1\r\nHost: x\r\n" + JSON
                    + "Content-Length: 12\r\nExpect: 100-continue\r\n\r\n");
            assertThat(http.read().status()).isEqualTo(100);

            http.send("{\"type\":\"a\"}");
            assertThat(http.read().status()).isEqualTo(202);
        }
    }

    @Test
    void refusesTheBodyOfAClientThatWaitsAndEndsItsConnection() {
        try (RawHttp http = server.connect()) {
            http.send(
                    "POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Type: a/b\r\nContent-Length: 12\r\nExpect: 100-continue\r\n\r\n");

            Response response = http.read();
            assertThat(response.status()).isEqualTo(415);
            assertThat(response.header("connection")).isEqualTo("close");
            assertThat(http.isClosedByServer()).isTrue();
        }
    }

    @Test
    void refusesALargeBodyBeforeItComesAndKeepsTheConnection() {
        try (RawHttp http = server.connect()) {
            int length = IngestServer.MAX_BODY + 1;
            http.send("POST /v1/events HTTP/1.1\r\nHost: x\r\n" + JSON + "Content-Length: " + length + "\r\n\r\n");
            assertThat(http.read().status()).isEqualTo(413);

            http.send(" ".repeat(length)).post("/v1/events", JSON, "{\"type\":\"a\"}");
            assertThat(http.read().status()).isEqualTo(202);
        }
    }

    @Test
    void endsTheConnectionOfABodyThatIsMuchTooLarge() {
        try (RawHttp http = server.connect()) {
            int length = 10 * IngestServer.MAX_BODY;
            http.send("POST /v1/events HTTP/1.1\r\nHost: x\r\n" + JSON + "Content-Length: " + length + "\r\n\r\n");
            Response response = http.read();
            assertThat(response.status()).isEqualTo(413);
            assertThat(response.header("connection")).isEqualTo("close");

            http.send(" ".repeat(2 * IngestServer.MAX_BODY + 1));
            assertThat(http.isClosedByServer()).isTrue();
        }
    }

    @Test
    void refusesAChunkedBodyAsSoonAsItIsTooLarge() {
        try (RawHttp http = server.connect()) {
            http.send(CHUNKED).chunk(" ".repeat(IngestServer.MAX_BODY)).chunk(" ");
            assertThat(http.read().status()).isEqualTo(413);

            http.lastChunk().post("/v1/events", JSON, "{\"type\":\"a\"}");
            assertThat(http.read().status()).isEqualTo(202);
        }
    }

    @Test
    void takesABodyOfExactlyTheLimit() {
        String frame = "{\"type\":\"a\",\"data\":\"\"}";
        String body = frame.replace("\"\"", '"' + "x".repeat(IngestServer.MAX_BODY - frame.length()) + '"');

        assertThat(server.post("application/json", body).status()).isEqualTo(202);
        assertThat(server.post("application/json", body + " ").status()).isEqualTo(413);
    }

    /** The idle timeout of the server is 30 seconds. */
    @Test
    void storesNothingOfARequestThatWasAnsweredAsTooSlow() {
        try (RawHttp http = server.connect()) {
            http.send("POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 12\r\n\r\n{\"type\"");
            assertThat(server.post("application/json", "").status())
                    .as("who came before is known by then")
                    .isEqualTo(400);
            server.advance(Duration.ofSeconds(61));
            assertThat(http.read().status()).isEqualTo(408);
            http.send(":\"a\"}");
            server.post("application/json", "{\"type\":\"b\"}");
        }
        assertThat(server.journal.only().attributes().get("type")).isEqualTo("b");
    }
}
