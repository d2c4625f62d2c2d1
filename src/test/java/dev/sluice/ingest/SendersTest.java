package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import dev.sluice.source.RefusedRequest;
import dev.sluice.source.Source;
import dev.sluice.source.SourceForms;
import dev.sluice.source.provider.Providers;
import dev.sluice.subscription.form.Mask;
import dev.sluice.testing.RawHttp;
import dev.sluice.testing.RawHttp.Response;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in as a source, and what is said to producers that ask before they send. */
class SendersTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T09:14:10Z"));
    private static final SourceForms FORMS = new SourceForms(CLOCK, Providers.builtIn());
    private static final String BODY = "{\"type\":\"a\"}";

    private final IngestServer server = IngestServer.locked(CLOCK);

    @AfterEach
    void close() {
        server.close();
    }

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "meta     | GET     | ?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=x | `` | 200 | 1158201444",
                "dropbox  | GET     | ?challenge=%3Cscript%3E | `` | 200 | <script>",
                "intercom | HEAD    | `` | `` | 200 | ``",
                "cloudevents | OPTIONS | `` | WebHook-Request-Origin: eventemitter.example.com | 200 | ``",
                "microsoft-graph | POST | ?validationToken=Validation%3A%20Testing | `` | 200 | Validation: Testing",
            })
    void answersProducersThatAskForTheUrlFirst(
            String provider, String method, String query, String header, int status, String body) {
        provider(provider.strip(), "a-secret-of-some-length");
        try (RawHttp http = server.connect()) {
            String head = header.isEmpty() ? "" : header + "\r\n";
            http.send("%s /v1/sources/any/events%s HTTP/1.1\r\nHost: x\r\n%sContent-Length: 0\r\n\r\n"
                    .formatted(method.strip(), query, head));
            Response response = method.strip().equals("HEAD") ? http.readHead() : http.read();
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.body()).isEqualTo(body);
            assertThat(response.header("x-content-type-options")).isEqualTo("nosniff");
            if (provider.strip().equals("cloudevents")) {
                assertThat(response.header("webhook-allowed-origin")).isEqualTo("eventemitter.example.com");
            }
        }
        assertThat(server.journal.drafts()).isEmpty();
    }

    /** CloudEvents, "HTTP 1.1 Web Hooks for Event Delivery", section 4: to be told so lets nobody in. */
    @Test
    void tellsASenderOfCloudEventsThatEventsAreExpected() {
        Response told = options("WebHook-Request-Origin: eventemitter.example.com\r\nWebHook-Request-Rate: 120\r\n");
        assertThat(told.status()).isEqualTo(200);
        assertThat(told.header("webhook-allowed-origin")).isEqualTo("eventemitter.example.com");
        assertThat(told.header("webhook-allowed-rate")).isEqualTo("*");
        assertThat(told.header("allow")).isEqualTo("POST, OPTIONS");
        assertThat(options("WebHook-Request-Origin: a b\r\n").status()).isEqualTo(400);
        assertThat(options("").body()).as("another's").isEqualTo("rest");
        assertThat(server.post("application/json", BODY).status()).isEqualTo(401);
    }

    private Response options(String headers) {
        try (RawHttp http = server.connect()) {
            return http.send("OPTIONS /v1/events HTTP/1.1\r\nHost: x\r\n%s\r\n".formatted(headers))
                    .read();
        }
    }

    /** developers.zoom.us, "Validate your webhook endpoint". */
    @Test
    void provesToZoomThatItKnowsTheSecret() {
        provider("zoom", "1234567890");
        String body = "{\"payload\":{\"plainToken\":\"qgg8vlvZRS6UYooatFL8Aw\"},\"event_ts\":1795252444000,"
                + "\"event\":\"endpoint.url_validation\"}";
        String signed = "v0=" + hmac("1234567890", "v0:1795252444:" + body);
        Response response = server.post(
                "/v1/sources/any/events",
                "x-zm-request-timestamp: 1795252444\r\nx-zm-signature: " + signed + "\r\n",
                body);
        JsonObject answer = new JsonObject(response.body());
        assertThat(answer.getString("plainToken")).isEqualTo("qgg8vlvZRS6UYooatFL8Aw");
        assertThat(answer.getString("encryptedToken")).isEqualTo(hmac("1234567890", "qgg8vlvZRS6UYooatFL8Aw"));
        assertThat(server.journal.drafts()).isEmpty();
        assertThat(post("x-zm-request-timestamp: 1795252444\r\nx-zm-signature: v0=00\r\n", body))
                .isEqualTo(401);
    }

    /** docs.x.com, "Securing webhooks": the challenge comes with GET, and requests are signed with the same secret. */
    @Test
    void provesToXThatItKnowsTheSecretAndSignsNothingElseForAnybody() {
        make("{'auth':{'type':'hmac','from':'header:X-Sig','prefix':'sha256=','encoding':'base64','secret':'s'},"
                + "'rules':{'attributes':{'type':'text:a'}},'handshakes':[{'method':'GET','when':{'query:crc_token':'*'},"
                + "'answer':{'body':'sha256={hmac64:query:crc_token}'}}]}");
        Response proof = get("?crc_token=a-challenge");
        assertThat(proof.status()).isEqualTo(200);
        assertThat(proof.body()).isEqualTo("sha256=QCIR3PxV89vwGBk7AjJwPmzFhjJ+ANwRCjO3nc63AYw=");
        assertThat(post("X-Sig: " + proof.body() + "\r\n", "a-challenge")).isEqualTo(401);

        Response asked = get("?crc_token=%7B%22type%22%3A%22a%22%7D");
        assertThat(asked.status()).isEqualTo(400);
        assertThat(asked.body()).contains("query:crc_token: not a challenge").doesNotContain("sha256=");
        assertThat(server.journal.drafts()).isEmpty();
    }

    private Response get(String query) {
        try (RawHttp http = server.connect()) {
            return http.send("GET /v1/sources/any/events%s HTTP/1.1\r\nHost: x\r\n\r\n".formatted(query))
                    .read();
        }
    }

    @Test
    void echoesTheChallengeOfSlackAndAnswersItsEventsWithNothing() {
        provider("slack", "s");
        Response challenge = slack("{\"type\":\"url_verification\",\"challenge\":\"3eZb\"}");
        assertThat(challenge.body()).isEqualTo("3eZb");
        assertThat(challenge.header("content-type")).startsWith("text/plain");
        Response event = slack("{\"type\":\"event_callback\",\"event\":{\"type\":\"app_mention\"}}");
        assertThat(event.status()).isEqualTo(200);
        assertThat(event.body()).isEmpty();
        assertThat(server.journal.drafts()).hasSize(1);
    }

    private Response slack(String body) {
        String signature = "v0=" + hmac("s", "v0:1795252444:" + body);
        return server.post(
                "/v1/sources/any/events",
                "X-Slack-Request-Timestamp: 1795252444\r\nX-Slack-Signature: " + signature + "\r\n",
                body);
    }

    @Test
    void keepsWhoKnockedAndWasNotLetInWithoutSecrets() {
        make("{'auth':[{'type':'header','name':'X-Mine','value':'right-secret'},"
                + "{'type':'hmac','from':'header:X-Sig','secret':'of-the-hmac'}]}");
        post("X-Mine: wrong-secret\r\nX-Event: a of-the-hmac\r\nAuthorization: Bearer x\r\nX-Api-Key: y\r\n", BODY);
        post("X-Sig: 00\r\n", "\u0007of-the-hmac" + "x".repeat(2000));
        post("X-Sig: " + hmac("of-the-hmac", "{}") + "\r\n", "{}");
        List<RefusedRequest> refused = server.sightings.refusals("any").await();
        assertThat(refused).extracting(RefusedRequest::status).containsExactly(400, 401, 401);
        assertThat(refused.get(0).reason()).contains("type: missing");
        assertThat(refused.get(1).reason()).contains("X-Sig: does not match");
        assertThat(refused.get(1).body()).startsWith("\\u0007***xxx").hasSizeLessThan(1100);
        assertThat(refused.get(2).headers().getString("X-Mine")).isEqualTo("***");
        assertThat(refused.get(2).headers().getString("X-Event")).isEqualTo("a ***");
        assertThat(refused.get(2).headers().getString("Authorization")).isEqualTo("***");
        assertThat(refused.get(2).headers().getString("X-Api-Key")).isEqualTo("***");
        assertThat(refused.get(2).body()).isEqualTo(BODY);
        assertThat(refused.toString()).doesNotContain("of-the-hmac", "right-secret", "wrong-secret");
    }

    /** Whether the gateway cuts it, or the network did. */
    @Test
    void showsNoSecretThatLiesAcrossACut() {
        make("{'auth':{'type':'hmac','from':'header:X-Sig','secret':'the whole secret'}}");
        String sig = "X-Sig: 00\r\n";
        post(sig + "X-Long: " + "x".repeat(250) + "the whole secret" + "y".repeat(10) + "\r\n", BODY);
        post(sig, "x".repeat(1019) + "the whole secret");
        post(sig, "a=the+whole+secret&b=the%20whole%20secret&c=the who");
        List<RefusedRequest> refused = server.sightings.refusals("any").await();
        assertThat(refused.get(2).headers().getString("X-Long")).isEqualTo("x".repeat(250) + "***…");
        assertThat(refused.get(1).body()).isEqualTo("x".repeat(1019) + "***");
        assertThat(refused.get(0).body()).isEqualTo("a=***&b=***&c=***");
        assertThat(refused.toString()).doesNotContain("the who", "the+who");
        Problem cites = Problem.of(400, "invalid-event", "Invalid event", "tenant: the whole secret (expected: a)");
        RefusedRequest cited = server.sources
                .find("any")
                .refused("POST", HttpHeaders.headers(), Buffer.buffer(), cites, CLOCK.instant());
        assertThat(cited.reason()).isEqualTo("tenant: *** (expected: a)");
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'auth':[]}|/auth",
                "{'auth':[{'type':'token','token':'a-secret-token'},{'type':'hmacs'}]}|/auth/1/type",
                "{'auth':{'type':'hmac','secret':'s'}}|/auth/from",
                "{'auth':{'type':'hmac','from':'header:A'}}|/auth/secret",
                "{'auth':{'type':'hmac','from':'header:A','secret':'s','salt':'x'}}|/auth/salt",
                "{'auth':{'type':'hmac','from':'header:A','secret':'zz','secretEncoding':'hex'}}|/auth/secret",
                "{'auth':{'type':'signature','algorithm':'ed25519','from':'header:A','secret':'AAAA'}}|/auth/secret",
                "{'auth':{'type':'url','secret':'short'}}|/auth/secret",
                "{'auth':{'type':'url','secret':'with spaces and more'}}|/auth/secret",
                "{'auth':{'type':'networks','networks':['10.0.0.0/33']}}|/auth/networks/0",
                "{'auth':{'type':'networks'}}|/auth/networks",
                "{'auth':{'type':'sns'}}|/auth/topics",
                "{'auth':{'type':'sns','topics':['orders']}}|/auth/topics/0",
                "{'auth':{'type':'sns','topics':'arn:aws:sqs:us-east-1:123456789012:q'}}|/auth/topics",
                "{'each':'alerts'}|/each",
                "{'handshakes':[{}]}|/handshakes/0/when",
                "{'handshakes':[{'method':'PUT'}]}|/handshakes/0/method",
                "{'handshakes':[{'method':'GET','when':{'/a':'*'}}]}|/handshakes/0",
                "{'handshakes':[{'method':'GET','answer':{'body':'{/a}'}}]}|/handshakes/0",
                "{'handshakes':[{'method':'GET','answer':{'body':'{x'}}]}|/handshakes/0/answer/body",
                "{'answer':{'status':500}}|/answer/status",
                "{'answer':{'headers':{'a b':'x'}}}|/answer/headers/a b",
                "{'url':'ftp://x'}|/url",
                "{'provider':'githup'}|/provider",
                "{'dialect':'strapi','each':''}|/each",
            })
    void refusesWhatIsWrongWhenItIsMadeAndSaysWhere(String text) {
        int bar = text.lastIndexOf('|');
        assertThatThrownBy(() -> make(text.substring(0, bar)))
                .isInstanceOfSatisfying(ProblemException.class, refused -> {
                    assertThat(refused.problem().status()).isEqualTo(400);
                    assertThat(refused.problem().errors().get(0).pointer()).isEqualTo(text.substring(bar + 1));
                });
    }

    @Test
    void tellsTheProviderThatWasMeant() {
        assertThatThrownBy(() -> make("{'provider':'githup'}")).hasMessageContaining("nearest: github");
    }

    private void provider(String name, String secret) {
        make(new JsonObject().put("provider", name).put("secret", secret).encode());
    }

    private void make(String members) {
        JsonObject source = new JsonObject(members.replace('\'', '"')).put("name", "any");
        if (!source.containsKey("provider") && !source.containsKey("dialect")) {
            source.put("dialect", "generic");
        }
        server.sources.delete("any", 1);
        server.sources.save(FORMS.create(null, source));
    }

    private int post(String headers, String body) {
        return server.post("/v1/sources/any/events", headers, body).status();
    }

    private Response to(String end) {
        return server.post("/v1/sources/any/events" + end, "", BODY);
    }

    private static String hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
