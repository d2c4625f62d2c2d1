package dev.sluice.ingest;

import dev.sluice.testing.RawHttp.Response;
import org.junit.jupiter.api.AfterEach;

/** A server for streams. */
abstract class NdjsonHarness {
    static final String TYPE = "Content-Type: application/x-ndjson\r\n";
    static final String CHUNKED =
            "POST /v1/events HTTP/1.1\r\nHost: localhost\r\n" + TYPE + "Transfer-Encoding: chunked\r\n\r\n";

    final IngestServer server = new IngestServer();

    @AfterEach
    void close() {
        server.close();
    }

    Response post(String lines) {
        return server.post("/v1/events", TYPE, lines);
    }
}
