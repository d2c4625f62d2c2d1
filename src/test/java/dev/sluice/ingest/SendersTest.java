package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.source.Source;
import dev.sluice.subscription.form.Mask;
import dev.sluice.testing.RawHttp.Response;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Who is let in as a source. */
class SendersTest extends SendersHarness {
    @Test
    void anyOfAListLetsIn() {
        make("{'auth':[{'type':'token','token':'a-secret-token'},{'type':'hmac','from':'header:X-Sig','secret':'s'},"
                + "{'type':'field','from':'/secret','secret':'of-the-body'}]}");
        assertThat(post("X-Sluice-Token: a-secret-token\r\n", BODY)).isEqualTo(202);
        assertThat(post("X-Sig: " + hmac("s", BODY) + "\r\n", BODY)).isEqualTo(202);
        assertThat(post("", "{\"type\":\"a\",\"secret\":\"of-the-body\"}")).isEqualTo(202);
        assertThat(post("X-Sig: " + hmac("t", BODY) + "\r\n", BODY)).isEqualTo(401);
        assertThat(post("", BODY)).isEqualTo(401);
        assertThat(server.sightings.lines()).containsOnly("kept any a");
    }

    /** The reason stands first, where a phone shows it, and each has words of its own. */
    @Test
    void saysFirstWhyASignatureIsRefused() {
        make("{'auth':{'type':'hmac','from':'header:X-Sig','prefix':'sha256=','secret':'the-secret-of-it'}}");
        assertThat(refusal("X-Sig: sha256=" + hmac("t", BODY) + "\r\n"))
                .isEqualTo(
                        "X-Sig does not match: it is not the HMAC-SHA-256 of this body with the secret of this source"
                                + " (source 'any')");
        assertThat(refusal("X-Sig: junk\r\n")).startsWith("X-Sig has no signature in it");
        assertThat(refusal("")).startsWith("X-Sig is missing (expected: the signature); nor is there an API key");
        make("{'auth':{'type':'hmac','from':'header:X-Sig','timestamp':'header:X-At','signed':'{timestamp}.{body}',"
                + "'secret':'the-secret-of-it'}}");
        assertThat(refusal("X-At: 1600000000\r\nX-Sig: 00\r\n")).startsWith("the timestamp: ");
        make("{'auth':{'type':'token','token':'a-secret-token'}}");
        assertThat(refusal("X-Sluice-Token: other\r\n")).startsWith("missing or wrong: the source's token in ");
    }

    private String refusal(String headers) {
        Response answer = server.post("/v1/sources/any/events", headers, BODY);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain("the-secret-of-it", "a-secret-token");
        return new JsonObject(answer.body()).getString("detail");
    }

    /** A CMS signs what it posts; nobody has signed parts. */
    @Test
    void aSignatureThatNobodyLooksAtLetsNobodySendAsTheSource() {
        String parts = "{\"source\":\"any\",\"entry\":{\"id\":7},\"model\":\"article\",\"event\":\"entry.create\"}";
        for (String auth : new String[] {
            "{'type':'hmac','from':'header:X-Sig','secret':'s'}", "{'type':'field','from':'/secret','secret':'s'}"
        }) {
            make("{'dialect':'strapi','auth':%s}".formatted(auth));
            Response answer = server.post("/v1/events", "X-Sig: junk\r\n", parts);
            assertThat(answer.status()).as(auth).isEqualTo(401);
        }
        assertThat(server.journal.drafts()).isEmpty();
    }

    @Test
    void aSecretOfTheUrlLetsAContentSystemIn() {
        make("{'dialect':'strapi','auth':{'type':'url','secret':'0123456789abcdef'}}");
        String body = "{\"event\":\"entry.create\",\"model\":\"article\",\"entry\":{\"id\":7}}";
        assertThat(server.post("/v1/sources/any/events?token=0123456789abcdef", "", body)
                        .status())
                .isEqualTo(202);
        assertThat(server.post("/v1/sources/any/events/0123456789abcdef", "", body)
                        .status())
                .isEqualTo(202);
    }

    /** Neither the place that was asked first nor the others go on to the receivers. */
    @Test
    void eachHeaderThatMayHoldTheSecretIsACredential() {
        make("{'auth':{'type':'field','from':['header:X-Key','query:key','header:X-Old-Key'],'secret':'s'}}");
        assertThat(server.sources.find("any").auth().credentials()).containsExactlyInAnyOrder("x-key", "x-old-key");
    }

    @Test
    void aSecretOfTheUrlIsInItsPathOrItsQuery() {
        make("{'auth':{'type':'url','secret':'0123456789abcdef'}}");
        assertThat(to("/0123456789abcdef").status()).isEqualTo(202);
        assertThat(to("?token=0123456789abcdef").status()).isEqualTo(202);
        for (String wrong : new String[] {"", "/", "/0123456789abcdeg", "?token=x", "/0123456789abcdef/x"}) {
            assertThat(to(wrong).status()).as(wrong).isNotEqualTo(202);
        }
        assertThat(to("/wrong").body()).doesNotContain("0123456789abcdef");
        Source source = server.sources.find("any");
        assertThat(source.auth().secrets()).containsExactly("0123456789abcdef");
        assertThat(FORMS.view(source).getJsonObject("auth").getString("secret")).isEqualTo(Mask.TEXT);
        assertThat(FORMS.view(source).encode() + source.auth()).doesNotContain("0123456789abcdef");
    }

    private Response to(String end) {
        return server.post("/v1/sources/any/events" + end, "", BODY);
    }

    @Test
    void aNetworkIsThatOfTheConnection() {
        make("{'auth':{'type':'networks','networks':['10.0.0.0/8','127.0.0.0/8']}}");
        assertThat(post("", BODY)).isEqualTo(202);
        make("{'auth':{'type':'networks','networks':['10.0.0.0/8']}}");
        assertThat(post("X-Forwarded-For: 10.0.0.1\r\n", BODY)).isEqualTo(401);
    }

    @Test
    void whoBringsNothingIsNotLetInByAccident() {
        make("{'auth':{'type':'none'}}");
        Response response = server.post("/v1/sources/any/events", "", BODY);
        assertThat(response.status()).isEqualTo(401);
        assertThat(response.body()).contains("access.openSources");
    }

    @Test
    void twoSecretsAreInForceWhileOneTakesThePlaceOfTheOther() {
        make("{'auth':{'type':'hmac','from':'header:X-Sig','secrets':['new','old']}}");
        assertThat(post("X-Sig: " + hmac("old", BODY) + "\r\n", BODY)).isEqualTo(202);
        assertThat(post("X-Sig: " + hmac("new", BODY) + "\r\n", BODY)).isEqualTo(202);
        Source source = server.sources.find("any");
        assertThat(FORMS.patch(source, FORMS.view(source)).auth()).isEqualTo(source.auth());
        server.sources.save(FORMS.patch(source, new JsonObject().put("secret", "other")));
        assertThat(post("X-Sig: " + hmac("old", BODY) + "\r\n", BODY)).isEqualTo(401);
        assertThat(post("X-Sig: " + hmac("other", BODY) + "\r\n", BODY)).isEqualTo(202);
    }

    @Test
    void checksTheBodyBeforeItIsReadAsAnEvent() {
        make("{'auth':{'type':'hmac','from':'header:X-Sig','secret':'s'}}");
        assertThat(post("X-Sig: 00\r\n", "not JSON")).isEqualTo(401);
        assertThat(post("X-Sig: " + hmac("s", "not JSON") + "\r\n", "not JSON")).isEqualTo(400);
    }

    /** The producer was given the URL without it, or with another one; what is read of the query must be signed. */
    @Test
    void aSignedUrlHasTheQueryThatIsRead() {
        make(
                "{'auth':{'type':'hmac','from':'header:X-Sig','signed':'{url}','secret':'s'},'url':'https://a.example/in?a=1'}");
        assertThat(asked("", "https://a.example/in?a=1")).isEqualTo(202);
        assertThat(asked("?a=2", "https://a.example/in?a=2")).isEqualTo(202);
        assertThat(asked("?a=2", "https://a.example/in?a=1")).isEqualTo(401);
    }

    private int asked(String query, String signed) {
        return server.post("/v1/sources/any/events" + query, "X-Sig: " + hmac("s", signed) + "\r\n", BODY)
                .status();
    }

    @Test
    void answersWhatTheProducerWantsToBeAnswered() {
        make("{'auth':{'type':'token','token':'a-secret-token'},'answer':{'status':201,'contentType':'text/xml',"
                + "'body':'<Response/>'}}");
        Response response = server.post("/v1/sources/any/events", "X-Sluice-Token: a-secret-token\r\n", BODY);
        assertThat(response.status()).isEqualTo(201);
        assertThat(response.header("content-type")).isEqualTo("text/xml");
        assertThat(response.body()).isEqualTo("<Response/>");
    }

    /** The source of "OTLP" in src/docs/producers.md: an export is an event, or each resource of one, and the answer is empty. */
    @Test
    void takesExportsOfTelemetryAsTheDocumentationSays() throws IOException {
        String docs = Files.readString(Path.of("src/docs/producers.md"));
        int begin = docs.indexOf("{\"name\": \"otlp-logs\"");
        JsonObject source = new JsonObject(docs.substring(begin, docs.indexOf("'\n", begin)));
        String token = "Authorization: bearer a-token-of-yours\r\nContent-Type: ";
        make(source.encode());
        Response packed =
                server.post("/v1/sources/any/events", token + "application/x-protobuf\r\n", "\n\u0000\n\u0001");
        assertThat(packed.status()).isBetween(200, 299);
        assertThat(packed.body()).isEqualTo("{}");
        assertThat(packed.header("content-type")).isEqualTo("application/json");
        assertThat(server.journal.only().data()).hasToString("\n\u0000\n\u0001");

        make(source.put("each", "/resourceLogs").encode());
        assertThat(post(token + "application/json\r\n", "{\"resourceLogs\":[{\"a\":1},{\"b\":2}]}"))
                .isBetween(200, 299);
        assertThat(server.journal.drafts())
                .extracting(draft -> draft.data().toString())
                .containsExactly("\n\u0000\n\u0001", "{\"a\":1}", "{\"b\":2}");
    }
}
