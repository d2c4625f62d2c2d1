package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.memory.Quota;
import dev.sluice.testing.RawHttp;
import dev.sluice.testing.RawHttp.Response;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IngestVerticleTest {
    private static final String JSON = "Content-Type: application/json\r\n";
    private IngestServer server = new IngestServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void answers202WithTheIdOfADurableEvent() {
        Response response = server.post("application/json", "{\"type\":\"a\",\"data\":{\"n\":1}}");

        assertThat(response.status()).isEqualTo(202);
        assertThat(response.header("content-type")).isEqualTo("application/json");
        assertThat(response.body()).isEqualTo("{\"id\":\"evt_0\"}");
        assertThat(server.journal.only().data()).hasToString("{\"n\":1}");
        assertThat(server.journal.only().attributes().get("time")).isEqualTo(IngestServer.NOW);
        assertThat(server.listener.accepted()).isEqualTo(1);
        assertThat(server.listener.bytes()).isEqualTo(7);
    }

    @Test
    void givesTheFirstAnswerAgainForARepetition() {
        server.post("/v1/events", JSON + "Idempotency-Key: \"k\"\r\n", "{\"type\":\"a\"}");
        Response again = server.post("/v1/events", JSON + "Idempotency-Key: k\r\n", "{\"type\":\"a\"}");

        assertThat(again.body()).isEqualTo("{\"id\":\"evt_0\",\"duplicate\":true}");
        assertThat(server.listener.accepted()).isEqualTo(1);
        assertThat(server.listener.duplicates()).isEqualTo(1);
    }

    @Test
    void answersABatchInOrder() {
        Response response = server.post(
                "application/cloudevents-batch+json",
                "[{\"type\":\"a\",\"id\":\"1\"},{\"type\":\"b\"},{\"type\":\"a\",\"id\":\"1\"}]");

        assertThat(response.status()).isEqualTo(202);
        assertThat(response.body())
                .isEqualTo(
                        "{\"events\":[{\"id\":\"evt_0\"},{\"id\":\"evt_1\"},{\"id\":\"evt_0\",\"duplicate\":true}]}");
    }

    @Test
    void answersAnEmptyBatchWithNothing() {
        assertThat(server.post("application/cloudevents-batch+json", "[]").body())
                .isEqualTo("{\"events\":[]}");
        assertThat(server.journal.groups()).isEmpty();
    }

    @Test
    void storesNothingOfABatchWithOneBadEvent() {
        Response response = server.post("application/cloudevents-batch+json", "[{\"type\":\"a\"},{}]");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.header("content-type")).isEqualTo("application/problem+json");
        assertThat(new JsonObject(response.body()).getJsonArray("errors").getJsonObject(0))
                .isEqualTo(
                        new JsonObject().put("pointer", "/1/type").put("detail", "type: missing (expected: a string)"));
        assertThat(server.journal.drafts()).isEmpty();
        assertThat(server.listener.refused()).containsExactly("invalid-event");
    }

    @Test
    void takesBinaryMode() {
        Response response = server.post(
                "/v1/events", "ce-type: a\r\nce-id: 1\r\nCe-Subject: %C3%A9\r\nContent-Type: text/plain\r\n", "hello");

        assertThat(response.status()).isEqualTo(202);
        assertThat(server.journal.only().data()).hasToString("hello");
        assertThat(server.journal.only().attributes().get("subject")).isEqualTo("é");
    }

    @Test
    void takesAttributesThatAreNotEscapedInTheirHeaders() {
        server.post("/v1/events", "ce-type: a\r\nce-subject: 50% of Zürich 日本\r\n", "");
        assertThat(server.journal.only().attributes().get("subject")).isEqualTo("50% of Zürich 日本");
    }

    @Test
    void saysWhichContentTypesItTakes() {
        Response response = server.post("application/xml", "<a/>");

        assertThat(response.status()).isEqualTo(415);
        assertThat(response.body()).contains("application/x-ndjson");
    }

    @Test
    void saysWhereJsonIsMalformed() {
        Response response = server.post("application/json", "{\"type\":\"a\",}");

        assertThat(response.status()).isEqualTo(400);
        assertThat(new JsonObject(response.body()).getString("detail")).contains("byte 12", "line 1", "column 13");
    }

    @Test
    void answers503WhileTheJournalIsUnavailable() {
        server.journal.becomeUnavailable();
        Response response = server.post("application/json", "{\"type\":\"a\"}");

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.header("retry-after")).isEqualTo("1");
        assertThat(server.listener.refused()).containsExactly("journal-unavailable");
    }

    @Test
    void readsNoBodyOfWhoHasNoKey() {
        server.close();
        server = new IngestServer(new IngestLimits(1000, 10, new Quota(2000)), IngestServer.nobody());
        try (RawHttp http = server.connect()) {
            http.send("POST /v1/events HTTP/1.1\r\nHost: x\r\n" + JSON + "Content-Length: 12\r\n\r\n");
            Response response = http.read();
            assertThat(response.status()).isEqualTo(401);
            assertThat(response.header("www-authenticate")).isEqualTo("Bearer");
        }
    }

    @Test
    void answers500WhenTheGateFails() {
        server.close();
        server = new IngestServer(new IngestLimits(1000, 10, new Quota(2000)), (request, needed) -> {
            throw new IllegalStateException("the gate failed on purpose");
        });

        Response response = server.post("application/json", "{\"type\":\"a\"}");
        assertThat(response.status()).isEqualTo(500);
        assertThat(response.body()).doesNotContain("on purpose");
    }

    @Test
    void bindsEventsToTheTenantOfTheKey() {
        server.close();
        server = new IngestServer(new IngestLimits(1000, 10, new Quota(2000)), IngestServer.bound("acme", null));

        assertThat(server.post("application/json", "{\"type\":\"a\"}").status()).isEqualTo(202);
        assertThat(server.journal.only().attributes().get("tenant")).isEqualTo("acme");
        assertThat(server.post("application/json", "{\"type\":\"a\",\"tenant\":\"b\"}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void leavesEverythingElseToTheRest() {
        assertThat(server.post("/v1/webhooks", JSON, "{}").body()).isEqualTo("rest");
        assertThat(server.post("/v1/events/", JSON, "{}").body()).isEqualTo("rest");
        assertThat(server.post("/v1/sources//events", JSON, "{}").body()).isEqualTo("rest");
        assertThat(server.post("/v1/sources/a/b/events", JSON, "{}").body()).isEqualTo("rest");
        try (RawHttp http = server.connect()) {
            http.send("GET /v1/events HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(http.read().body()).isEqualTo("rest");
        }
    }

    @Test
    void refusesAQueryWhichWouldSayWhatNobodyReads() {
        for (String path : List.of("/v1/events", "/v1/sources/strapi/events", "/v1/sources/strapi/emit")) {
            RawHttp.Response answer = server.post(path + "?tenant=acme", JSON, "{\"type\":\"a\"}");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("invalid-query", "tenant: unknown parameter");
        }
        assertThat(server.post("/v1/events?", JSON, "{\"type\":\"a\"}").status())
                .isEqualTo(202);
        assertThat(server.journal.drafts()).hasSize(1);
    }

    @Test
    void servesPipelinedRequestsInOrder() {
        try (RawHttp http = server.connect()) {
            http.post("/v1/events", JSON, "{\"type\":\"a\"}")
                    .post("/v1/events", JSON, "{}")
                    .post("/v1/events", JSON, "{\"type\":\"b\"}");
            assertThat(http.read().status()).isEqualTo(202);
            assertThat(http.read().status()).isEqualTo(400);
            assertThat(http.read().status()).isEqualTo(202);
        }
    }
}
