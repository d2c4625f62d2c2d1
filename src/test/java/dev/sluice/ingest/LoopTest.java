package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.RawHttp.Response;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that come from gateways. */
class LoopTest {
    private static final String EVENT = "{\"type\":\"a\"}";

    private final IngestServer server = new IngestServer();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/events,application/json,'{\"type\":\"a\",\"sluicehops\":\"1\"}'",
        "/v1/events,application/x-ndjson,'{\"type\":\"a\"}'",
        "/v1/events,application/cloudevents-batch+json,'[{\"type\":\"a\"}]'",
        "/v1/sources/strapi/events,application/json,'{\"event\":\"entry.create\"}'"
    })
    void takesTheHopsOfARequestOverIntoItsEvents(String path, String type, String body) {
        assertThat(post(path, type, "5", body).status()).isLessThan(300);
        assertThat(server.journal.only().attributes().get("sluicehops")).isEqualTo("5");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/events,application/json,6",
        "/v1/events,application/x-ndjson,6",
        "/v1/sources/strapi/events,application/json,999999999"
    })
    void refusesAnEventThatGoesInACircle(String path, String type, String hops) {
        Response response = post(path, type, hops, EVENT);

        assertThat(response.status()).isEqualTo(508);
        assertThat(response.body()).contains("loop-detected", "sluice-hops: %s (expected: at most 5)".formatted(hops));
        assertThat(server.listener.refused()).containsExactly("loop-detected");
        assertThat(server.journal.drafts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "1, 2", "", "99999999999"})
    void refusesHopsThatAreNoNumber(String hops) {
        assertThat(post("/v1/events", "application/json", hops, EVENT).status()).isEqualTo(400);
    }

    @Test
    void takesNoProducersWordForIt() {
        for (String type : new String[] {"application/json", "application/cloudevents+json"}) {
            String event =
                    "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"s\",\"type\":\"a\",\"sluicehops\":\"99\"}";
            assertThat(server.post(type, event.formatted(type)).status()).isEqualTo(202);
        }
        List<String> binary = List.of(
                "Content-Type: application/json",
                "ce-specversion: 1.0",
                "ce-type: a",
                "ce-id: 1",
                "ce-source: s",
                "ce-sluicehops: 99");
        server.post("/v1/events", String.join("\r\n", binary) + "\r\n", "1");

        assertThat(server.journal.drafts())
                .hasSize(3)
                .allSatisfy(draft ->
                        assertThat(draft.attributes().get("sluicehops")).isNull());
    }

    private Response post(String path, String type, String hops, String body) {
        return server.post(path, "Content-Type: " + type + "\r\nSluice-Hops: " + hops + "\r\n", body);
    }
}
