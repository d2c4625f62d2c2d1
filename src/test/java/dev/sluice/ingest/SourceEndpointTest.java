package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.Draft;
import dev.sluice.memory.Quota;
import dev.sluice.source.SourceForms;
import dev.sluice.source.provider.Providers;
import dev.sluice.testing.Captures;
import dev.sluice.testing.Captures.Capture;
import dev.sluice.testing.RawHttp;
import dev.sluice.testing.RawHttp.Response;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SourceEndpointTest {
    private static final String EVENT = "{\"event\":\"entry.create\",\"model\":\"article\"}";

    private static final SourceForms FORMS = new SourceForms(InstantSource.system(), Providers.builtIn());

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
        assertThat(draft.identity()).isNull();
        assertThat(draft.attributes().get("type")).isEqualTo(capture.header("X-Strapi-Event"));
        assertThat(draft.attributes().get("source")).isEqualTo("strapi");
        assertThat(draft.attributes().get("datacontenttype")).isEqualTo("application/json");
    }

    @Test
    void leavesOutAByteOrderMark() {
        assertThat(post("strapi", "", "\uFEFF" + EVENT).status()).isEqualTo(202);
        assertThat(server.journal.only().data()).hasToString(EVENT);
    }

    @Test
    void refusesASourceThatDoesNotExistAndNamesNoneToStrangers() {
        Response response = post("drupal", "", EVENT);

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.body()).contains("GET /v1/sources").doesNotContain("guarded");
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
        server = new IngestServer(new IngestLimits(1000, 10, new Quota(2000)), IngestServer.nobody());
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
    void toleratesTwoContentTypesAnyAndNone() {
        String two = "content-type: text/plain\r\nContent-Type: application/json\r\n";
        assertThat(post("strapi", two, EVENT).status()).isEqualTo(202);
        assertThat(post("strapi", "Content-Type: application/xml\r\n", EVENT).status())
                .isEqualTo(202);
        assertThat(post("strapi", "", EVENT).status()).isEqualTo(202);
        assertThat(server.journal.drafts()).hasSize(3).allSatisfy(draft -> {
            assertThat(draft.data().toString()).isEqualTo(EVENT);
            assertThat(draft.attributes().get("datacontenttype")).isEqualTo("application/json");
        });
    }

    @Test
    void asksAtOnceForABodyThatWaitsToBeAskedFor() {
        String head = "POST /v1/sources/strapi/events HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
                + "Content-Length: " + EVENT.length() + "\r\n\r\n";
        try (RawHttp http = server.connect()) {
            assertThat(http.send(head).read().status()).isEqualTo(100);
            assertThat(http.send(EVENT).read().status()).isEqualTo(202);
        }
        try (RawHttp http = server.connect()) {
            assertThat(http.send(head.replace("strapi", "guarded")).read().status())
                    .as("without the token the body is not wanted")
                    .isEqualTo(401);
        }
    }

    @Test
    void mo01_recordsTheEventsOfASourceThatIsOffForNobody() {
        patch("strapi", new JsonObject().put("enabled", false));
        assertThat(post("strapi", "", EVENT).status()).isEqualTo(202);
        assertThat(server.journal.only().attributes().get("sluicemuted")).isEqualTo("true");
        assertThat(server.sightings.lines()).containsExactly("kept strapi entry.create");
    }

    @Test
    void noProducerMutesItsEventsItself() {
        Response response = server.post("application/json", "{\"type\":\"a\",\"sluicemuted\":\"true\"}");
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).contains("/sluicemuted");
    }

    @Test
    void st16_anEventAboutUsersIsDroppedCountedAndNotStored() {
        Response response = post("strapi", "", EVENT.replace("article", "user"));
        assertThat(response.status()).isEqualTo(202);
        assertThat(response.body()).isEqualTo("{\"dropped\":\"excludedModels\"}");
        assertThat(server.journal.drafts()).isEmpty();
        assertThat(server.listener.droppedEvents()).isEqualTo(1);
        assertThat(server.sightings.lines()).containsExactly("dropped strapi entry.create");
    }

    @Test
    void countsWhatIsNotOfTheDialect() {
        assertThat(post("strapi", "", "{}").status()).isEqualTo(400);
        assertThat(post("guarded", "", EVENT).status()).isEqualTo(401);
        assertThat(server.sightings.lines()).containsExactly("refused strapi");
        assertThat(server.listener.refused()).hasSize(2);
    }

    @Test
    void ck06_takesBasicAuthenticationAndAHeader() {
        JsonObject basic =
                new JsonObject().put("type", "basic").put("username", "bob").put("password", "s3cret");
        patch("strapi", new JsonObject().put("auth", basic));
        assertThat(post("strapi", "", EVENT).body()).contains("Authorization: Basic");
        assertThat(post("strapi", "Authorization: Basic Ym9iOnMzY3JldA==\r\n", EVENT)
                        .status())
                .isEqualTo(202);
        JsonObject header =
                new JsonObject().put("type", "header").put("name", "X-Secret").put("value", "s3cret");
        patch("strapi", new JsonObject().put("auth", header));
        assertThat(post("strapi", "Authorization: Basic Ym9iOnMzY3JldA==\r\n", EVENT)
                        .status())
                .isEqualTo(401);
        assertThat(post("strapi", "x-secret: s3cret\r\n", EVENT).status()).isEqualTo(202);
    }

    @Test
    void eventsOfATenantsSourceAreTheTenants() {
        JsonObject auth = new JsonObject().put("type", "token").put("token", "a-secret-token");
        JsonObject blog = new JsonObject().put("name", "blog").put("dialect", "strapi");
        server.sources.save(FORMS.create("acme", blog.copy().put("auth", auth)));
        assertThat(post("blog", "X-Sluice-Token: a-secret-token\r\n", EVENT).status())
                .isEqualTo(202);
        assertThat(server.journal.only().attributes().get("tenant")).isEqualTo("acme");

        restart("another", null);
        server.sources.save(FORMS.create("acme", blog));
        assertThat(post("blog", "", EVENT).status()).isEqualTo(403);

        restart(null, null);
        server.sources.save(FORMS.create("acme", blog));
        assertThat(post("blog", "", EVENT).status()).isEqualTo(202);
        assertThat(server.journal.only().attributes().get("tenant")).isEqualTo("acme");
    }

    private void patch(String source, JsonObject patch) {
        server.sources.save(FORMS.patch(server.sources.find(source), patch));
    }

    private void restart(String tenant, String source) {
        server.close();
        server = new IngestServer(new IngestLimits(1000, 10, new Quota(2000)), IngestServer.bound(tenant, source));
    }

    private Response post(String source, String headers, String body) {
        return server.post("/v1/sources/" + source + "/events", headers, body);
    }
}
