package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.memory.Quota;
import dev.sluice.testing.RawHttp;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class NdjsonWindowTest extends NdjsonHarness {
    @Test
    void answers503ForEachLineWhileTheJournalIsUnavailable() {
        server.journal.becomeUnavailable();
        List<String> lines =
                post("{\"type\":\"a\"}\n{}\n{\"type\":\"b\"}\n").body().lines().toList();

        assertThat(lines)
                .extracting(line -> new JsonObject(line).getInteger("status"))
                .containsExactly(503, 400, 503);
    }

    @Test
    void readsNoFurtherThanAWindowAheadOfASlowJournal() {
        int total = 10_000;
        String line = "{\"type\":\"a\",\"data\":\"" + "x".repeat(80) + "\"}\n";
        server.journal.holdUntil(NdjsonStream.WINDOW, total);
        try (RawHttp http = server.connect()) {
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                http.send("POST /v1/events HTTP/1.1\r\nHost: x\r\n" + TYPE + "Content-Length: " + total * line.length()
                        + "\r\n\r\n");
                http.send(line.repeat(total));
            });
            List<String> answers = http.read().body().lines().toList();
            sent.join();

            assertThat(answers).hasSize(total);
            for (int i = 0; i < total; i++) {
                assertThat(answers.get(i)).isEqualTo("{\"id\":\"evt_" + i + "\"}");
            }
            int linesInAChunk = 64 * 1024 / line.length() + 1;
            assertThat(server.journal.maxPending()).isBetween(NdjsonStream.WINDOW, NdjsonStream.WINDOW + linesInAChunk);
        }
    }

    @Test
    void goesOnWhenAClientReadsItsAnswersAtLast() throws InterruptedException {
        int total = 100_000;
        String line = "{\"type\":\"a\"}\n";
        try (RawHttp http = server.connect()) {
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                http.send("POST /v1/events HTTP/1.1\r\nHost: x\r\n" + TYPE + "Content-Length: " + total * line.length()
                        + "\r\n\r\n");
                http.send(line.repeat(total));
            });
            server.journal.awaitTotal(NdjsonStream.WINDOW);

            assertThat(http.read().body().lines()).hasSize(total).last().isEqualTo("{\"id\":\"evt_99999\"}");
            sent.join();
        }
    }

    @Test
    void countsWhatAClientLeftBehindUntilItIsStored() throws InterruptedException {
        IngestLimits limits = new IngestLimits(1000, 2, new Quota(100_000));
        try (IngestServer small = new IngestServer(limits, IngestServer.anybody());
                RawHttp http = small.connect()) {
            small.journal.holdUntil(3, Integer.MAX_VALUE);
            try (RawHttp gone = small.connect()) {
                gone.send(CHUNKED).chunk("{\"type\":\"a\"}\n{\"type\":\"a\"}\n");
                small.journal.awaitPending(2);
            }
            assertThat(http.post("/v1/events", TYPE, "").read().status()).isEqualTo(503);

            small.journal.letGo();
            int status;
            do {
                status = http.post("/v1/events", TYPE, "").read().status();
            } while (status == 503);
            assertThat(status).isEqualTo(200);
        }
    }

    @Test
    void goesOnWhenAnotherStreamHasTakenAllTheRoom() throws InterruptedException {
        try (IngestServer small =
                        new IngestServer(new IngestLimits(1000, 10, new Quota(100_000)), IngestServer.anybody());
                RawHttp greedy = small.connect();
                RawHttp other = small.connect()) {
            other.send(CHUNKED).chunk("{\"type\":\"b\"}\n");
            other.readHead();
            assertThat(other.readChunk()).isEqualTo("{\"id\":\"evt_0\"}\n");
            small.journal.holdUntil(26, Integer.MAX_VALUE);
            greedy.send(CHUNKED).chunk("{\"type\":\"a\"}\n".repeat(25));
            small.journal.awaitPending(25);
            other.chunk("{\"type\":\"b\"}\n").lastChunk();

            assertThat(other.readChunk()).isEqualTo("{\"id\":\"evt_26\"}\n");
            assertThat(other.readChunk()).isEmpty();
        }
    }
}
