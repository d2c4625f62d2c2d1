package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.Attributes;
import dev.sluice.event.Draft;
import dev.sluice.source.SourceForms;
import dev.sluice.source.provider.Providers;
import dev.sluice.testing.RawHttp;
import dev.sluice.testing.RawHttp.Response;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What other systems send to a generic source, as it comes. */
class AnyProducerTest {
    private static final String GITHUB =
            "X-GitHub-Event: pull_request\r\nX-Hub-Signature-256: sha256=00\r\nX-Forwarded-For: 1.2.3.4\r\nCookie: a=b\r\n";

    private final IngestServer server = new IngestServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void keepsTheProducersHeadersForTheReceivers() {
        source("{'attributes':{'type':['{header:X-GitHub-Event}.{/action}','header:X-GitHub-Event']}}");
        post(GITHUB + "Content-Type: application/json\r\n", "{\"action\":\"opened\"}");
        Draft draft = server.journal.only();
        assertThat(draft.attributes().get("type")).isEqualTo("pull_request.opened");
        assertThat(draft.attributes().get(Attributes.HEADERS))
                .isEqualTo("X-GitHub-Event:pull_request\nX-Hub-Signature-256:sha256=00");
    }

    @Test
    void noProducerSetsThemInItsEvent() {
        Response response = server.post("application/json", "{\"type\":\"a\",\"sluiceheaders\":\"a:b\"}");
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).contains("/sluiceheaders");
    }

    @Test
    void passesOnNoSignatureOfABodyOfWhichSomethingWasTakenOut() {
        source("{'passwordFields':['password']}");
        post(GITHUB, "{\"type\":\"a\",\"password\":1}");
        assertThat(server.journal.only().attributes().get(Attributes.HEADERS)).isEqualTo("X-GitHub-Event:pull_request");
    }

    @Test
    void takesFormsAndTextAndNothingAtAll() {
        source("{'attributes':{'type':['form:event','text:ping']}}");
        assertThat(post("Content-Type: application/x-www-form-urlencoded\r\n", "event=a&x=%20")
                        .status())
                .isEqualTo(202);
        assertThat(post("Content-Type: text/plain\r\n", "not JSON").status()).isEqualTo(202);
        assertThat(post("", "").status()).isEqualTo(202);
        assertThat(server.journal.drafts())
                .extracting(draft -> draft.data().toString())
                .containsExactly("event=a&x=%20", "not JSON", "");
        assertThat(server.journal.drafts())
                .extracting(draft -> draft.attributes().get("datacontenttype"))
                .containsExactly("application/x-www-form-urlencoded", "text/plain", null);
    }

    @Test
    void keepsAPackedBodyPackedAndReadsIt() {
        source("{}");
        byte[] packed = Packed.gzip("{\"type\":\"a\"}");
        try (RawHttp http = server.connect()) {
            http.send("POST /v1/sources/any/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                            + "Content-Encoding: gzip\r\nContent-Length: " + packed.length + "\r\n\r\n")
                    .send(packed);
            assertThat(http.read().status()).isEqualTo(202);
        }
        Draft draft = server.journal.only();
        assertThat(draft.data().getBytes()).isEqualTo(packed);
        assertThat(draft.attributes().get("type")).isEqualTo("a");
        assertThat(draft.attributes().get(Attributes.ENCODING)).isEqualTo("gzip");
    }

    @Test
    void makesAnEventOfEachElementOrNone() {
        source("{'attributes':{'type':'alert.{/status}','id':'/fingerprint','group':'body:/groupKey'}}", "/alerts");
        String firing = "{\"groupKey\":\"g\",\"alerts\":[{\"status\":\"firing\",\"fingerprint\":\"1\"},"
                + "{\"status\":\"firing\",\"fingerprint\":\"2\"}]}";
        Response response = post("", firing);
        assertThat(response.body()).isEqualTo("{\"events\":[{\"id\":\"evt_0\"},{\"id\":\"evt_1\"}]}");
        assertThat(server.journal.drafts().get(1).data()).hasToString("{\"status\":\"firing\",\"fingerprint\":\"2\"}");
        assertThat(server.journal.drafts().get(1).attributes().get("group")).isEqualTo("g");

        assertThat(post("", firing.replace("\"status\":\"firing\",\"fingerprint\":\"2\"", ""))
                        .status())
                .isEqualTo(400);
        assertThat(server.journal.drafts()).hasSize(2);
        assertThat(post("", "{\"alerts\":[" + "{},".repeat(100_001) + "{}]}").status())
                .isEqualTo(413);
    }

    /** Each event has them all, so a few bytes of body could be a gigabyte of headers. */
    @Test
    void countsTheHeadersOfEachElementAsItCountsABody() {
        source("{'attributes':{'type':'text:a'}}", "");
        String header = "X-Long: " + "x".repeat(2000) + "\r\n";
        assertThat(post(header, "[{},{}]").status()).isEqualTo(202);
        assertThat(post(header, "[" + "{},".repeat(999) + "{}]").status()).isEqualTo(413);
        assertThat(server.journal.drafts()).hasSize(2);
    }

    /** Alertmanager names an alert, and says with the status what became of it. */
    @Test
    void tellsTwoEventsOfOneIdApartByTheirType() {
        source("{'attributes':{'type':'alert.{/status}','id':'/id'}}");
        assertThat(post("", "{\"status\":\"firing\",\"id\":1}").body()).doesNotContain("duplicate");
        assertThat(post("", "{\"status\":\"resolved\",\"id\":1}").body()).doesNotContain("duplicate");
        assertThat(post("", "{\"status\":\"firing\",\"id\":1}").body()).contains("duplicate");
    }

    /** {@code curl -d} calls whatever it sends a form. */
    @Test
    void readsJsonThatIsCalledAForm() {
        source("{}");
        assertThat(post("Content-Type: application/x-www-form-urlencoded\r\n", "{\"type\":\"a\"}")
                        .status())
                .isEqualTo(202);
        assertThat(server.journal.only().attributes().get("datacontenttype"))
                .isEqualTo("application/x-www-form-urlencoded");
    }

    @Test
    void knowsNoPathBehindThatOfASourceWithoutASecretForIt() {
        source("{}");
        assertThat(server.post("/v1/sources/any/events/x", "", "{\"type\":\"a\"}")
                        .status())
                .isEqualTo(404);
        assertThat(server.post("/v1/sources/strapi/events/x", "", "{\"event\":\"a\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void readsTheQuery() {
        source("{'attributes':{'type':'query:event'}}");
        assertThat(server.post("/v1/sources/any/events?event=a%2Fb", "", "{}").status())
                .isEqualTo(202);
        assertThat(server.journal.only().attributes().get("type")).isEqualTo("a/b");
    }

    private void source(String rules) {
        source(rules, null);
    }

    private void source(String rules, String each) {
        server.sources.save(new SourceForms(InstantSource.system(), Providers.builtIn())
                .create(
                        null,
                        new JsonObject()
                                .put("name", "any")
                                .put("dialect", "generic")
                                .put("each", each)
                                .put("rules", new JsonObject(rules.replace('\'', '"')))));
    }

    private Response post(String headers, String body) {
        return server.post("/v1/sources/any/events", headers, body);
    }
}
