package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.SourceConfig;
import dev.sluice.event.Draft;
import dev.sluice.testing.Captures;
import dev.sluice.testing.Captures.Capture;
import dev.sluice.testing.RawHttp;
import dev.sluice.testing.RawHttp.Response;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SourceEndpointTest {
    private static final String EVENT = "{\"event\":\"entry.create\",\"model\":\"article\"}";

    private IngestServer server = new IngestServer();

    @AfterEach
    void close() {
        server.close();
    }

    static Stream<Capture> captures() {
        return Stream.of("strapi-v3.6.11", "strapi-v5.54.0").flatMap(folder -> Captures.withoutUsers(folder).stream());
    }

    @ParameterizedTest
    @MethodSource("captures")
    void takesWhatStrapiReallySendsByteForByte(Capture capture) {
        try (RawHttp http = server.connect()) {
            Response response =
                    http.send(capture.postedTo("/v1/sources/strapi/events")).read();
            assertThat(response.status()).as(response.body()).isEqualTo(202);
        }
        Draft draft = server.journal.only();
        assertThat(draft.data().getBytes()).isEqualTo(capture.body());
        assertThat(draft.dialect()).isEqualTo("strapi");
        assertThat(draft.idempotencyKey()).isNull();
        assertThat(draft.attributes().get("type")).isEqualTo(capture.header("X-Strapi-Event"));
        assertThat(draft.attributes().get("source")).isEqualTo("strapi");
        assertThat(draft.attributes().get("datacontenttype")).isEqualTo("application/json");
    }

    @Test
    void refusesASourceThatDoesNotExistAndNamesThoseThatDo() {
        Response response = post("drupal", "", EVENT);

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.body()).contains("[guarded, strapi]");
    }

    @Test
    void wantsTheTokenOfASourceThatHasOne() {
        assertThat(post("guarded", "", EVENT).status()).isEqualTo(401);
        assertThat(post("guarded", "Authorization: Bearer default-tokem\r\n", EVENT)
                        .status())
                .isEqualTo(401);
        assertThat(post("guarded", "Authorization: Basic default-token\r\n", EVENT)
                        .status())
                .isEqualTo(401);
        assertThat(post("guarded", "X-Sluice-Token: x\r\n", EVENT).status()).isEqualTo(401);
        assertThat(post("guarded", "Authorization: Bearer default-token\r\n", EVENT)
                        .status())
                .isEqualTo(202);
        assertThat(post("guarded", "Authorization: bearer x\r\nX-Sluice-Token: default-token\r\n", EVENT)
                        .status())
                .isEqualTo(202);
        assertThat(server.journal.drafts()).hasSize(2);
    }

    @Test
    void wantsAKeyForASourceWithoutAToken() {
        restart("acme", "strapi");
        assertThat(post("strapi", "", EVENT).status()).isEqualTo(202);
        assertThat(server.journal.only().attributes().get("tenant")).isEqualTo("acme");

        restart(null, "other");
        assertThat(post("strapi", "", EVENT).status()).isEqualTo(403);

        server.close();
        server = new IngestServer(new IngestLimits(1000, 10, 1000), IngestServer.nobody());
        assertThat(post("strapi", "", EVENT).status()).isEqualTo(401);
        assertThat(post("guarded", "X-Sluice-Token: default-token\r\n", EVENT).status())
                .isEqualTo(202);
    }

    @Test
    void repeatsOnlyByAKeyOfTheRequest() {
        post("strapi", "Idempotency-Key: k\r\n", EVENT);
        assertThat(post("strapi", "Idempotency-Key: k\r\n", EVENT).body()).contains("\"duplicate\":true");
        assertThat(post("strapi", "", EVENT).body()).doesNotContain("duplicate");
    }

    @Test
    void saysWhatABodyOfTheDialectIs() {
        assertThat(post("strapi", "", "[]").status()).isEqualTo(400);
        assertThat(post("strapi", "", "{}").body()).contains("/event", "entry.create");
        assertThat(post("strapi", "", "").status()).isEqualTo(400);
        assertThat(server.journal.drafts()).isEmpty();
    }

    @Test
    void startsWithNoDialectThatDoesNotExist() {
        assertThatThrownBy(() -> new IngestHandler(
                        new IngestLimits(1, 1, 1),
                        drafts -> Future.succeededFuture(List.of()),
                        IngestServer.anybody(),
                        Map.of("cms", new SourceConfig("drupal", null)),
                        InstantSource.system(),
                        IngestListener.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("sources.cms.dialect: drupal (expected: one of strapi");
    }

    private void restart(String tenant, String source) {
        server.close();
        server = new IngestServer(new IngestLimits(1000, 10, 1000), IngestServer.bound(tenant, source));
    }

    private Response post(String source, String headers, String body) {
        return server.post("/v1/sources/" + source + "/events", headers, body);
    }
}
