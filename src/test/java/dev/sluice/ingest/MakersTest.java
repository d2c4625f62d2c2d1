package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.sendgrid.helpers.eventwebhook.EventWebhook;
import com.slack.api.app_backend.SlackSignature;
import com.stripe.net.Webhook;
import com.twilio.security.RequestValidator;
import dev.sluice.testing.RecordedRequest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Security;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.messagemanager.sns.SnsMessageManager;
import software.amazon.awssdk.regions.Region;

/**
 * The libraries that the makers of these systems give to those who receive their webhooks: what is signed as they say is let
 * in, and verifies by them where it is delivered. They look at the clock, so it is the real one here.
 */
class MakersTest {
    private static final String BODY = "{\"id\":\"evt_1\",\"type\":\"invoice.paid\",\"note\":\"é \\u00e9\"}";
    private static final String JSON = "Content-Type: application/json; charset=utf-8\r\n";

    private final Instant now = Instant.now();
    private final String seconds = Long.toString(now.getEpochSecond());
    private final Passage passage = new Passage(() -> now);

    @AfterEach
    void close() {
        passage.close();
    }

    @Test
    void stripe() throws Exception {
        passage.source("stripe", "whsec_of_stripe");
        String signature =
                "t=" + seconds + ",v1=" + Webhook.Util.computeHmacSha256("whsec_of_stripe", seconds + "." + BODY);
        RecordedRequest request = passage.carries(JSON + "Stripe-Signature: " + signature + "\r\n", BODY);
        assertThat(Webhook.Signature.verifyHeader(
                        request.text(), request.header("stripe-signature"), "whsec_of_stripe", 300))
                .isTrue();
    }

    @Test
    void slack() {
        passage.source("slack", "of-slack");
        String form = "command=%2Fweather&text=94070&trigger_id=13345224609.738474920";
        SlackSignature.Generator generator = new SlackSignature.Generator("of-slack");
        RecordedRequest request = passage.carries(
                "Content-Type: application/x-www-form-urlencoded\r\nX-Slack-Request-Timestamp: %s\r\nX-Slack-Signature: %s\r\n"
                        .formatted(seconds, generator.generate(seconds, form)),
                form);
        assertThat(new SlackSignature.Verifier(generator)
                        .isValid(
                                request.header("x-slack-request-timestamp"),
                                request.text(),
                                request.header("x-slack-signature")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"svix", "webhook"})
    void svix(String prefix) throws Exception {
        String secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        com.svix.Webhook svix = new com.svix.Webhook(secret);
        passage.source(prefix.equals("svix") ? "svix" : "standard-webhooks", secret);
        String signature = svix.sign("msg_1", now.getEpochSecond(), BODY);
        RecordedRequest request = passage.carries(
                JSON
                        + "%1$s-id: msg_1\r\n%1$s-timestamp: %2$s\r\n%1$s-signature: %3$s\r\n"
                                .formatted(prefix, seconds, signature),
                BODY);
        HttpHeaders headers = HttpHeaders.of(
                Stream.of("-id", "-timestamp", "-signature")
                        .map(prefix::concat)
                        .collect(Collectors.toMap(name -> name, name -> List.of(request.header(name)))),
                (name, value) -> true);
        assertThatCode(() -> svix.verify(request.text(), headers)).doesNotThrowAnyException();
    }

    /** Its documentation verifies with the library of Standard Webhooks, whose key is the client secret in base64. */
    @Test
    void bigCommerce() throws Exception {
        String secret = "a-client-secret-of-BigCommerce";
        passage.source("bigcommerce", secret);
        standard(secret, "");
    }

    /** Its signing token is a key of Standard Webhooks. */
    @Test
    void gitLab() throws Exception {
        String token = "whsec_dGVzdHRlc3R0ZXN0dGVzdHRlc3R0ZXN0dGVzdHRlc3Q=";
        passage.source("gitlab-signed", token);
        standard(token, "X-Gitlab-Event: Push Hook\r\n");
    }

    private void standard(String secret, String more) throws Exception {
        String key = secret.startsWith("whsec_")
                ? secret
                : Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
        com.svix.Webhook library = new com.svix.Webhook(key);
        String body = "{\"scope\":\"store/order/created\",\"data\":{\"id\":250}}";
        String signature = library.sign("msg_1", now.getEpochSecond(), body);
        RecordedRequest request = passage.carries(
                JSON
                        + more
                        + "webhook-id: msg_1\r\nwebhook-timestamp: %s\r\nwebhook-signature: %s\r\n"
                                .formatted(seconds, signature),
                body);
        HttpHeaders headers = HttpHeaders.of(
                Stream.of("webhook-id", "webhook-timestamp", "webhook-signature")
                        .collect(Collectors.toMap(name -> name, name -> List.of(request.header(name)))),
                (name, value) -> true);
        assertThatCode(() -> library.verify(request.text(), headers)).doesNotThrowAnyException();
    }

    /** It has no signer: the signature is that of the documentation, "Validating Signatures from Twilio". */
    @Test
    void twilio() {
        String url = "https://mycompany.com/myapp.php?foo=1&bar=2";
        passage.source(new JsonObject()
                .put("provider", "twilio")
                .put("secret", "12345")
                .put("url", url));
        String form =
                "CallSid=CA1234567890ABCDE&Digits=1234&From=%2B14158675309&To=%2B18005551212&Caller=%2B14158675309";
        RecordedRequest request = passage.carries(
                "Content-Type: application/x-www-form-urlencoded\r\nX-Twilio-Signature: RSOYDt4T1cUTdK1PDd93/VVr8B8=\r\n",
                form);
        assertThat(request.text()).isEqualTo(form);
        Map<String, String> fields = Map.of(
                "CallSid", "CA1234567890ABCDE",
                "Digits", "1234",
                "From", "+14158675309",
                "To", "+18005551212",
                "Caller", "+14158675309");
        assertThat(new RequestValidator("12345").validate(url, fields, request.header("x-twilio-signature")))
                .isTrue();
    }

    /** It has no signer, and wants Bouncy Castle. */
    @Test
    void sendGrid() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        String key = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
        passage.source(new JsonObject()
                .put("provider", "sendgrid")
                .put("secret", key)
                .putNull("each") // an element of the array is signed by nobody
                .put("rules", new JsonObject().put("attributes", new JsonObject().put("type", "text:batch"))));
        String events = "[{\"event\":\"open\",\"sg_event_id\":\"1\"}]\r\n";
        Signature signing = Signature.getInstance("SHA256withECDSA");
        signing.initSign(pair.getPrivate());
        signing.update((seconds + events).getBytes(StandardCharsets.UTF_8));
        String signature = Base64.getEncoder().encodeToString(signing.sign());
        RecordedRequest request = passage.carries(
                JSON
                        + "X-Twilio-Email-Event-Webhook-Timestamp: %s\r\nX-Twilio-Email-Event-Webhook-Signature: %s\r\n"
                                .formatted(seconds, signature),
                events);
        Security.addProvider(new BouncyCastleProvider());
        try {
            EventWebhook library = new EventWebhook();
            assertThat(library.VerifySignature(
                            library.ConvertPublicKeyToECDSA(key),
                            request.text(),
                            request.header("x-twilio-email-event-webhook-signature"),
                            request.header("x-twilio-email-event-webhook-timestamp")))
                    .isTrue();
        } finally {
            Security.removeProvider(BouncyCastleProvider.PROVIDER_NAME);
        }
    }

    /** It has no signer: the messages are those that openssl signed. */
    @ParameterizedTest
    @ValueSource(strings = {"notification", "first-version"})
    void amazonSns(String name) {
        try (Passage then = new Passage(() -> SnsTest.NOW);
                SnsMessageManager library = SnsMessageManager.builder()
                        .httpClient(new OneCertificate())
                        .region(Region.US_EAST_1)
                        .build()) {
            then.outside(url -> Future.succeededFuture(SnsTest.certificate()));
            then.source("aws-sns", SnsTest.TOPIC);
            RecordedRequest request =
                    then.carries("Content-Type: text/plain; charset=UTF-8\r\n", SnsTest.message(name));
            assertThat(library.parseMessage(request.text()).topicArn()).isEqualTo(SnsTest.TOPIC);
        }
    }

    /** Where the certificates of SNS are. */
    private static final class OneCertificate implements SdkHttpClient {
        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() {
                    byte[] pem = SnsTest.certificate().getBytes(StandardCharsets.US_ASCII);
                    return HttpExecuteResponse.builder()
                            .response(SdkHttpResponse.builder().statusCode(200).build())
                            .responseBody(AbortableInputStream.create(new ByteArrayInputStream(pem)))
                            .build();
                }

                @Override
                public void abort() {}
            };
        }

        @Override
        public void close() {}
    }
}
