package dev.sluice.admin.webhook;

import static dev.sluice.testing.Webhooks.ofTenant;
import static dev.sluice.testing.Webhooks.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.Role;
import dev.sluice.admin.Api;
import dev.sluice.admin.ApiClient;
import dev.sluice.testing.ApiKeys;
import dev.sluice.testing.InMemoryRegistry;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatchRoutesTest {
    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final Api api = new Api(registry);

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void saysThatAnEventWouldBeSent() {
        String match = create("{'eventTypes':['entry.*'],'filter':{'exact':{'/data/status':'live'}}}");

        ApiClient.Answer answer = api.post(match, json("{'type':'entry.publish','data':{'status':'live'}}"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).isEqualTo(json("""
                {'matches':true,'checks':[{'part':'enabled','matches':true},{'part':'tenant','matches':true},
                 {'part':'source','matches':true},{'part':'eventTypes','matches':true},
                 {'part':'filter','matches':true}]}"""));
    }

    @Test
    void warnsThatWhatIsSentWouldNotArrive() {
        ApiClient.Answer created = api.post("/v1/webhooks", new JsonObject().put("url", "http://127.0.0.1/"));
        String match = "/v1/webhooks/" + created.json().getString("id") + "/match";

        JsonObject report = api.post(match, json("{'type':'entry.publish'}")).json();

        assertThat(report.getBoolean("matches")).isTrue();
        assertThat(report.getJsonArray("warnings"))
                .containsExactly(new JsonObject().put("pointer", "/url").put("detail", "not public"));
    }

    @Test
    void pointsAtEachPartThatSaysNo() {
        String match = create("""
                {'eventTypes':['media.*'],'enabled':false,'source':'cms',
                 'filter':{'all':[{'exact':{'model':'article'}},{'sql':'site = `12`'}]}}""");

        ApiClient.Answer answer = api.post(match, json("{'type':'entry.publish','model':'article','site':'13'}"));

        assertThat(answer.json()).isEqualTo(json("""
                {'matches':false,'checks':[
                 {'part':'enabled','matches':false,'pointer':'/enabled','detail':'disabled'},
                 {'part':'tenant','matches':true},
                 {'part':'source','matches':false,'pointer':'/source','detail':'default (expected: cms)'},
                 {'part':'eventTypes','matches':false,'pointer':'/eventTypes',
                  'detail':'entry.publish (expected: one of media.*)'},
                 {'part':'filter','matches':false,'pointer':'/filter/all/1/sql','detail':'site = `12`: false'}]}"""));
    }

    @Test
    void readsAnEventAsIngestDoes() {
        String match = create("{'filter':{'exact':{'number':'1.50','/data/n':1.5}}}");

        assertThat(api.post(match, json("{'type':'a'}")).json().getBoolean("matches"))
                .isFalse();
        String body = "{\"type\":\"a\",\"number\":1.50,\"data\":{\"n\":1.50}}";
        ApiClient.Answer answer = api.send("POST", match, body, "Content-Type", "application/json");
        assertThat(answer.json().getBoolean("matches")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | application/json | 400 | invalid-event",
                "{'type':7,'Model':'a'} | application/json | 400 | invalid-event",
                "{'type':'a','time':'now'} | application/json | 400 | invalid-event",
                "[] | application/json | 400 | invalid-event",
                "{'type': | application/json | 400 | malformed-json",
                "{'type':'a'} | text/plain | 415 | unsupported-media-type",
            })
    void refusesWhatIsNoEvent(String body, String contentType, int status, String problem) {
        String match = create("{}");

        ApiClient.Answer answer = api.send("POST", match, body.replace('\'', '"'), "Content-Type", contentType);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.problem()).isEqualTo(problem);
    }

    @Test
    void refusesAnEmptyBody() {
        ApiClient.Answer answer = api.send("POST", create("{}"), "", "Content-Type", "application/json");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("malformed-json");
    }

    @Test
    void knowsNoWebhookOfAnotherTenant() {
        registry.save(ofTenant(webhook("wh_1", "**"), "acme"));

        assertThat(api.post("/v1/webhooks/wh_1/match", json("{'type':'a'}")).problem())
                .isEqualTo("no-such-webhook");
        assertThat(api.post("/v1/webhooks/wh_1/match?tenant=acme", json("{'type':'a'}"))
                        .json()
                        .getBoolean("matches"))
                .isTrue();
    }

    @Test
    void tellsAnEventOfAnotherTenantApart() {
        ApiClient.Answer answer = api.post(create("{}"), json("{'type':'a','tenant':'acme'}"));

        assertThat(answer.json().getJsonArray("checks").getJsonObject(1)).isEqualTo(json("""
                        {'part':'tenant','matches':false,'pointer':'/tenant','detail':'acme (expected: default)'}"""));
    }

    @Test
    void isForWhoeverMayRead() {
        String match = create("{}");

        assertThat(api.as(Role.READ).post(match, json("{'type':'a'}")).status()).isEqualTo(200);
        assertThat(api.as(Role.PUBLISH).post(match, json("{'type':'a'}")).status())
                .isEqualTo(403);
        assertThat(api.as(ApiKeys.bound("theirs", Role.READ, "acme", null))
                        .post(match, json("{'type':'a'}"))
                        .status())
                .isEqualTo(404);
        assertThat(api.asNobody().post(match, json("{'type':'a'}")).status()).isEqualTo(401);
    }

    private String create(String settings) {
        JsonObject body = json(settings).put("url", "https://receiver.example/hook");
        ApiClient.Answer created = api.post("/v1/webhooks", body);
        assertThat(created.status()).as(created.json().encode()).isEqualTo(201);
        return "/v1/webhooks/" + created.json().getString("id") + "/match";
    }

    private static JsonObject json(String text) {
        return new JsonObject(text.replace('\'', '"').replace('`', '\''));
    }
}
