package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.memory.Quota;
import dev.sluice.testing.RawHttp;
import dev.sluice.testing.RawHttp.Response;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OverloadTest {
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String HEAD = "POST /v1/events HTTP/1.1\r\nHost: x\r\n" + JSON;
    private static final String EVENT = "{\"type\":\"a\"}";

    private final IngestServer server =
            new IngestServer(new IngestLimits(1000, 2, new Quota(2000)), IngestServer.anybody());

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void refusesBeforeTheBodyIsReadAndServesTheSameConnectionAfterwards() throws InterruptedException {
        try (RawHttp first = server.connect();
                RawHttp second = server.connect();
                RawHttp third = server.connect()) {
            fill(first, second);
            third.send(HEAD + "Content-Length: 12\r\n\r\n");
            Response refused = third.read();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("retry-after")).isEqualTo("1");
            assertThat(refused.header("connection")).isNull();

            server.journal.letGo();
            assertThat(first.read().status()).isEqualTo(202);
            assertThat(second.read().status()).isEqualTo(202);
            third.send(EVENT).post("/v1/events", JSON, EVENT);
            assertThat(third.read().status()).isEqualTo(202);
            assertThat(server.listener.refused()).containsExactly("overloaded");
        }
    }

    @Test
    void asksNoClientForABodyThatItHasNoRoomFor() throws InterruptedException {
        try (RawHttp first = server.connect();
                RawHttp second = server.connect();
                RawHttp third = server.connect()) {
            fill(first, second);
            third.send(HEAD + "Content-Length: 12\r\nExpect: 100-continue\r\n\r\n");
            assertThat(third.read().status()).isEqualTo(503);
            assertThat(third.isClosedByServer()).isTrue();
            server.journal.letGo();
        }
    }

    /** Returns when both wait for the journal. */
    private void fill(RawHttp first, RawHttp second) throws InterruptedException {
        server.journal.holdUntil(3, Integer.MAX_VALUE);
        first.post("/v1/events", JSON, EVENT);
        second.post("/v1/events", JSON, EVENT);
        server.journal.awaitPending(2);
    }

    @Test
    void refusesABatchThatCanNeverFitAsTooLarge() {
        Response response =
                server.post("application/cloudevents-batch+json", "[" + EVENT + "," + EVENT + "," + EVENT + "]");

        assertThat(response.status()).isEqualTo(413);
        assertThat(response.body()).contains("more than 2 events (expected: at most 2");
        assertThat(server.journal.drafts()).isEmpty();
    }

    /** The first holds its room from when its bytes are read, which nobody tells. */
    @Test
    void refusesMidwayWhatFindsNoMoreRoom() {
        try (RawHttp first = server.connect()) {
            first.send(HEAD + "Content-Length: 1000\r\n\r\n" + " ".repeat(900));
            await().until(() -> {
                try (RawHttp second = server.connect()) {
                    second.send(HEAD + "Transfer-Encoding: chunked\r\n\r\n").chunk(" ".repeat(300));
                    second.chunk(" ".repeat(350)).lastChunk();
                    return second.read().status() == 503;
                }
            });
            first.send(" ".repeat(88) + EVENT);
            assertThat(first.read().status()).isEqualTo(202);
        }
    }

    @Test
    void keepsNoRoomForBodiesThatNeverCome() {
        try (RawHttp idle = server.connect();
                RawHttp other = server.connect();
                RawHttp third = server.connect()) {
            for (RawHttp http : List.of(idle, other)) {
                http.send(HEAD + "Content-Length: 1000\r\nExpect: 100-continue\r\n\r\n");
                assertThat(http.read().status()).isEqualTo(100);
            }
            assertThat(third.post("/v1/events", JSON, EVENT).read().status()).isEqualTo(202);
        }
    }

    @Test
    void forgetsWhatABrokenConnectionHeld() {
        for (int i = 0; i < 5; i++) {
            try (RawHttp http = server.connect()) {
                http.send(HEAD + "Content-Length: 1000\r\n\r\n" + " ".repeat(900));
            }
        }
        try (RawHttp http = server.connect()) {
            int status;
            do {
                status = http.post("/v1/events", JSON, EVENT).read().status();
            } while (status == 503);
            assertThat(status).isEqualTo(202);
        }
    }
}
