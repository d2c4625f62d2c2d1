package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.send.SendingHarness;
import dev.sluice.event.Attributes;
import dev.sluice.source.SourceForms;
import dev.sluice.source.provider.Providers;
import dev.sluice.testing.RawHttp.Response;
import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.Reply;
import dev.sluice.testing.ScriptedEndpoint;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Amazon SNS, with its certificate and its confirmation at an endpoint of our own, which stands for
 * {@code sns.us-east-1.amazonaws.com}. The messages were signed by openssl.
 */
class SnsTest {
    static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:orders";
    static final Instant NOW = Instant.parse("2026-11-21T09:14:10Z");

    private final IngestServer server = IngestServer.locked(() -> NOW);
    private final SendingHarness sending = new SendingHarness();
    private final ScriptedEndpoint amazon = new ScriptedEndpoint().answers(Reply.status(200, certificate()));

    @BeforeEach
    void subscribe() {
        server.outside = url -> sending.senders()
                .page(URI.create(
                        amazon.url() + url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery())));
        SourceForms forms = new SourceForms(() -> NOW, Providers.builtIn());
        server.sources.save(forms.create(
                null,
                new JsonObject().put("name", "any").put("provider", "aws-sns").put("secret", TOPIC)));
    }

    @AfterEach
    void close() {
        server.close();
        sending.close();
        amazon.close();
    }

    @Test
    void takesMessagesOfBothVersionsAndFetchesTheirCertificateOnce() {
        assertThat(post("notification").status()).isEqualTo(200);
        assertThat(post("first-version").status()).isEqualTo(200);
        assertThat(server.journal.drafts())
                .extracting(draft -> draft.attributes().get(Attributes.TYPE))
                .containsOnly("sns.Notification");
        assertThat(server.journal.drafts().get(0).data()).hasToString(message("notification"));
        RecordedRequest request = amazon.request();
        assertThat(request.line()).isEqualTo("GET /SimpleNotificationService-0000000000000000000000.pem HTTP/1.1");
        assertThat(request.body().length()).isZero();
    }

    @Test
    void confirmsASubscriptionWhichIsNoEvent() {
        assertThat(post("confirmation").status()).isEqualTo(200);
        assertThat(amazon.requests())
                .extracting(RecordedRequest::line)
                .last()
                .isEqualTo("GET /?Action=ConfirmSubscription&TopicArn=" + TOPIC + "&Token=2336412f37 HTTP/1.1");
        assertThat(server.journal.drafts()).isEmpty();
    }

    @Test
    void hasAConfirmationSentAgainThatItCouldNotConfirm() {
        amazon.answers(Reply.status(200, certificate()), Reply.status(500));
        Response response = post("confirmation");
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.body()).contains("the confirmation: 127.0.0.1 answered 500");
    }

    @Test
    void followsNoRedirection() {
        amazon.answers(Reply.status(302, certificate(), "Location: " + amazon.url() + "/elsewhere"));
        assertThat(post("notification").status()).isEqualTo(503);
        assertThat(amazon.requests()).hasSize(1);
    }

    /** Signed as well as any other: whoever has an account can have that. */
    @ParameterizedTest
    @CsvSource({
        "other-topic, /TopicArn: not a topic of this source, 0",
        "old, /Timestamp: not of the last two hours, 0",
        "elsewhere, /SubscribeURL: not one of SNS, 1",
    })
    void refusesWhatIsSignedAndOfSomebodyElse(String name, String reason, int fetched) {
        Response response = post(name);
        assertThat(response.status()).isEqualTo(401);
        assertThat(response.body()).contains(reason);
        assertThat(amazon.requests()).hasSize(fetched);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://sns.us-east-1.amazonaws.com/SimpleNotificationService-0.pem",
                "https://sns.us-east-1.amazonaws.com.evil.example/SimpleNotificationService-0.pem",
                "https://sns.us-east-1.amazonaws.com@evil.example/SimpleNotificationService-0.pem",
                "https://sns.us-east-1.amazonaws.com:8443/SimpleNotificationService-0.pem",
                "https://sns.evil.example/SimpleNotificationService-0.pem",
                "https://evil.sns.us-east-1.amazonaws.com/SimpleNotificationService-0.pem",
                "https://sns.us-east-1.amazonaws.com/orders/SimpleNotificationService-0.pem",
                "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0.pem?x=y",
                "https://sns.s3-us-west-2.amazonaws.com/SimpleNotificationService-0.pem",
                "https://sns.s3-accelerate.amazonaws.com/SimpleNotificationService-0.pem",
                "https://sns.s3.amazonaws.com/SimpleNotificationService-0.pem",
                "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0.pem",
                "https://s3.amazonaws.com/SimpleNotificationService-0.pem",
                "https://127.0.0.1/SimpleNotificationService-0.pem",
                "not a URL",
                "",
            })
    void fetchesACertificateFromSnsAlone(String url) {
        JsonObject message = new JsonObject(message("notification")).put("SigningCertURL", url);
        Response response = send(message.encode());
        assertThat(response.status()).isEqualTo(401);
        assertThat(response.body()).contains("/SigningCertURL");
        assertThat(amazon.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"Order\"|\"Odrer\"", "{|{\"Message\":\"x\",", "\"2\"|\"3\"", "\"2\"|\"1\"", "\"Type\"|\"type\""
            })
    void refusesAMessageThatWasChanged(String change) {
        int bar = change.indexOf('|');
        String changed = message("notification")
                .replaceFirst(Pattern.quote(change.substring(0, bar)), change.substring(bar + 1));
        assertThat(changed).isNotEqualTo(message("notification"));
        assertThat(send(changed).status()).isEqualTo(401);
        assertThat(server.journal.drafts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not JSON", "[]", "{}", "{\"Type\":7}"})
    void refusesWhatIsNoMessage(String body) {
        assertThat(send(body).status()).isEqualTo(401);
    }

    @Test
    void asksForASmallNumberOfCertificatesAMinuteWhoeverNamesThem() {
        amazon.answers(Reply.status(404));
        JsonObject message = new JsonObject(message("notification"));
        String url = message.getString("SigningCertURL");
        for (int i = 0; i < 70; i++) {
            Response response = send(message.put("SigningCertURL", url.replace(".pem", i + ".pem"))
                    .encode());
            assertThat(response.status()).isEqualTo(503);
        }
        assertThat(amazon.requests()).hasSize(60);
        amazon.answers(Reply.status(200, certificate()));
        server.advance(Duration.ofMinutes(1));
        assertThat(post("notification").status()).isEqualTo(200);
    }

    @Test
    void strangersWhoNameCertificatesUseUpNoConfirmation() {
        assertThat(post("notification").status()).isEqualTo(200);
        amazon.answers(Reply.status(404));
        JsonObject message = new JsonObject(message("notification"));
        String url = message.getString("SigningCertURL");
        for (int i = 0; i < 60; i++) {
            send(message.put("SigningCertURL", url.replace(".pem", i + ".pem")).encode());
        }
        amazon.answers(Reply.status(200, certificate()));
        assertThat(post("confirmation").status()).isEqualTo(200);
    }

    private Response post(String name) {
        return send(message(name));
    }

    private Response send(String body) {
        return server.post("/v1/sources/any/events", "Content-Type: text/plain; charset=UTF-8\r\n", body);
    }

    static String message(String name) {
        List<String> lines = read("messages.tsv").lines().toList();
        return lines.stream()
                .filter(line -> line.startsWith(name + "\t"))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElseThrow();
    }

    static String certificate() {
        return read("certificate.pem");
    }

    private static String read(String name) {
        try (InputStream in = Objects.requireNonNull(SnsTest.class.getResourceAsStream("/sns/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
