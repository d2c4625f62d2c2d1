package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.Draft;
import dev.sluice.memory.Quota;
import dev.sluice.source.SourceForms;
import dev.sluice.source.provider.Providers;
import dev.sluice.testing.RawHttp.Response;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmitTest {
    private static final String ENTRY =
            "{\"entry\":{\"id\":7,\"password\":\"x\"},\"model\":\"article\",\"event\":\"entry.create\"}";

    private IngestServer server = new IngestServer();

    @BeforeEach
    void addSources() {
        for (String dialect : new String[] {"cockpit", "modyo", "generic"}) {
            JsonObject form = new JsonObject().put("name", dialect).put("dialect", dialect);
            server.sources.save(new SourceForms(InstantSource.system(), Providers.builtIn()).create(null, form));
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void st12_buildsTheEnvelopeAndReadsItAsARequestOfStrapi() {
        assertThat(emit("strapi", ENTRY).status()).isEqualTo(202);
        Draft draft = server.journal.only();
        assertThat(draft.data().toString())
                .isEqualTo(
                        "{\"event\":\"entry.create\",\"created_at\":\"%s\",\"model\":\"article\",\"entry\":{\"id\":7}}"
                                .formatted(IngestServer.NOW));
        assertThat(draft.dialect()).isEqualTo("strapi");
        assertThat(draft.attributes().get("type")).isEqualTo("entry.create");
        assertThat(draft.attributes().get("source")).isEqualTo("strapi");
        assertThat(draft.attributes().get("entryid")).isEqualTo("7");
        assertThat(server.sightings.lines()).containsExactly("kept strapi entry.create");
    }

    @Test
    void ck08_buildsCockpitsAndModyosToo() {
        emit("cockpit", "{\"event\":\"app.layout.header\"}");
        emit("modyo", "{\"event\":\"entry_created_log\",\"space_id\":3}");
        emit("modyo", "{\"e_c\":\"user\",\"e_a\":\"login_log\",\"uid\":\"u1\"}");
        assertThat(server.journal.drafts())
                .extracting(draft -> draft.attributes().get("type"))
                .containsExactly("app.layout.header", "entry_created_log", "user_login_log");
        assertThat(server.journal.drafts().get(0).data().toString())
                .isEqualTo("{\"event\":\"app.layout.header\",\"hook\":\"\",\"backend\":1,\"args\":[]}");
        assertThat(new JsonObject(server.journal.drafts().get(1).data()).fieldNames())
                .hasSize(25);
    }

    @Test
    void eventsTakesPartsOfASourceInThePlaceOfAnEvent() {
        Response plain = server.post("application/json", "{\"source\":\"strapi\"," + ENTRY.substring(1));
        assertThat(plain.status()).as(plain.body()).isEqualTo(202);
        Draft draft = server.journal.only();
        assertThat(draft.dialect()).isEqualTo("strapi");
        assertThat(draft.data().toString()).doesNotContain("source").contains("\"created_at\"");
    }

    @Test
    void whatIsAnEventStaysOneWhateverItsSource() {
        server.post("application/json", "{\"source\":\"strapi\",\"type\":\"a\",\"event\":\"entry.create\"}");
        assertThat(server.journal.only().dialect()).isNull();
        assertThat(server.journal.only().attributes().get("type")).isEqualTo("a");
    }

    @Test
    void aPlainEventWithoutATypeIsToldSo() {
        assertThat(server.post("application/json", "{\"source\":\"strapi\",\"subject\":\"x\"}")
                        .body())
                .contains("/type");
        assertThat(server.post("application/json", "{\"source\":\"none\",\"event\":\"x\"}")
                        .body())
                .contains("/type");
        assertThat(server.post("application/json", "{\"source\":\"generic\",\"event\":\"x\"}")
                        .body())
                .contains("/type");
        assertThat(server.post("application/json", "[1,").status()).isEqualTo(400);
        assertThat(server.journal.drafts()).isEmpty();
    }

    @Test
    void wantsWhatTheSourceWantsOfItsSenders() {
        assertThat(emit("guarded", ENTRY).status()).isEqualTo(401);
        assertThat(server.post("application/json", "{\"source\":\"guarded\"," + ENTRY.substring(1))
                        .status())
                .isEqualTo(401);
        assertThat(server.post("/v1/sources/guarded/emit", "X-Sluice-Token: default-token\r\n", ENTRY)
                        .status())
                .isEqualTo(202);
        assertThat(emit("none", ENTRY).status()).isEqualTo(404);
        server.close();
        server = new IngestServer(new IngestLimits(1000, 10, new Quota(2000)), IngestServer.bound(null, "other"));
        assertThat(emit("strapi", ENTRY).status()).isEqualTo(403);
        assertThat(server.post("application/json", "{\"source\":\"strapi\"," + ENTRY.substring(1))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void st16_dropsUsersAsOfARequest() {
        assertThat(emit("strapi", ENTRY.replace("article", "user")).body())
                .isEqualTo("{\"dropped\":\"excludedModels\"}");
        assertThat(server.journal.drafts()).isEmpty();
    }

    @Test
    void pointsAtEachPartThatIsWrongAndStoresNothing() {
        Response wrong = emit("strapi", "{\"event\":\"entry.create\",\"version\":\"v9\"}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body()).contains("/model", "/entry", "/version");
        assertThat(emit("cockpit", "{\"event\":\"cockpit.webhook\"}").body()).contains("looping-event");
        assertThat(emit("strapi", "{").status()).isEqualTo(400);
        assertThat(emit("strapi", "[]").status()).isEqualTo(400);
        assertThat(emit("strapi", "").status()).isEqualTo(400);
        assertThat(emit("strapi", "{\"entry\":" + "[".repeat(5000)).status()).isEqualTo(400);
        assertThat(server.journal.drafts()).isEmpty();
        assertThat(server.sightings.lines()).hasSize(6);
    }

    private Response emit(String source, String body) {
        return server.post("/v1/sources/" + source + "/emit", "Content-Type: application/json\r\n", body);
    }
}
