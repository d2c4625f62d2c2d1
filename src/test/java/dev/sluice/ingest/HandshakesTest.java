package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.RawHttp;
import dev.sluice.testing.RawHttp.Response;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said to producers that ask before they send. */
class HandshakesTest extends SendersHarness {
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

    /** The ping of interactions has a version too; what an event has, and it has not, is an event. */
    @Test
    void answersBothPingsOfDiscordAndTakesItsEvents() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] encoded = pair.getPublic().getEncoded();
        provider("discord", HexFormat.of().formatHex(encoded, encoded.length - 32, encoded.length));

        Response pong =
                discord(pair, "{\"application_id\":\"1\",\"id\":\"2\",\"token\":\"t\",\"type\":1,\"version\":1}");
        assertThat(pong.status()).isEqualTo(200);
        assertThat(pong.body()).isEqualTo("{\"type\":1}");
        assertThat(discord(pair, "{\"version\":1,\"application_id\":\"1\",\"type\":0}")
                        .status())
                .isEqualTo(204);
        assertThat(server.journal.drafts()).isEmpty();

        String event =
                "{\"version\":1,\"application_id\":\"1\",\"type\":1,\"event\":{\"type\":\"ENTITLEMENT_CREATE\"}}";
        assertThat(discord(pair, event).status()).isEqualTo(204);
        assertThat(server.journal.only().attributes().get("type")).isEqualTo("ENTITLEMENT_CREATE");
    }

    private Response discord(KeyPair pair, String body) throws GeneralSecurityException {
        Signature signing = Signature.getInstance("Ed25519");
        signing.initSign(pair.getPrivate());
        signing.update(("1795252444" + body).getBytes(StandardCharsets.UTF_8));
        return server.post(
                "/v1/sources/any/events",
                "X-Signature-Timestamp: 1795252444\r\nX-Signature-Ed25519: %s\r\n"
                        .formatted(HexFormat.of().formatHex(signing.sign())),
                body);
    }

    private Response slack(String body) {
        String signature = "v0=" + hmac("s", "v0:1795252444:" + body);
        return server.post(
                "/v1/sources/any/events",
                "X-Slack-Request-Timestamp: 1795252444\r\nX-Slack-Signature: " + signature + "\r\n",
                body);
    }
}
