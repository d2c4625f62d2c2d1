package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.sluice.e2e.Receiver.Received;
import dev.sluice.testing.Captures;
import dev.sluice.testing.Captures.Capture;
import dev.sluice.testing.RawHttp;
import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Strapi sent goes through the whole gateway; verifiers that others wrote check the signatures. */
class StrapiTest {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final Receiver first = new Receiver();

    @RegisterExtension
    final Receiver second = new Receiver();

    @RegisterExtension
    final TestPod pod = TestPod.on(REDIS);

    static List<Capture> captures() {
        return Stream.of("strapi-v3.6.11", "strapi-v5.54.0")
                .flatMap(folder -> Captures.withoutUsers(folder).stream())
                .toList();
    }

    @Test
    void strapiRequestsArriveByteForByteAtTwoReceivers() throws Exception {
        String oneKey = keyOf(pod.webhook(first.url()));
        String otherKey = keyOf(pod.webhook(second.url()));
        for (Capture capture : captures()) {
            post(capture);
            arrived(capture, first.take(), oneKey);
            arrived(capture, second.take(), otherKey);
        }
        pod.awaitQuiet();
        assertThat(first.all()).hasSameSizeAs(captures());
        assertThat(second.all()).hasSameSizeAs(captures());
    }

    @Test
    void theKeyBeforeARotationSignsUntilItsGraceIsOver() throws Exception {
        JsonObject webhook = pod.webhook(first.url());
        Capture capture = captures().get(0);
        String former = keyOf(webhook);

        String present = rotate(webhook, "");
        assertThat(present).isNotEqualTo(former);
        post(capture);
        Received inGrace = first.take();
        verify(inGrace, former);
        verify(inGrace, present);

        String latest = rotate(webhook, "{\"graceMs\":0}");
        post(capture);
        Received after = first.take();
        verify(after, latest);
        assertThatThrownBy(() -> verify(after, present)).isInstanceOf(WebhookVerificationException.class);
    }

    private void post(Capture capture) {
        try (RawHttp http = pod.connect()) {
            RawHttp.Response answer =
                    http.send(capture.postedTo("/v1/sources/strapi/events")).read();
            assertThat(answer.status()).as(capture + ": " + answer.body()).isEqualTo(202);
        }
    }

    private static void arrived(Capture sent, Received received, String key) throws Exception {
        assertThat(received.body()).as(sent.name()).isEqualTo(sent.body());
        assertThat(received.header("X-Strapi-Event")).isEqualTo(sent.header("X-Strapi-Event"));
        assertThat(received.header("Content-Type")).isEqualTo("application/json");
        assertThat(received.header("Authorization"))
                .as("the producer's own secret")
                .isNull();
        verify(received, key);
    }

    private static void verify(Received received, String key) throws Exception {
        new com.standardwebhooks.Webhook(key).verify(received.text(), received.headers());
        new com.svix.Webhook(key).verify(received.text(), received.headers());
    }

    private String keyOf(JsonObject webhook) {
        Rest.Answer secret = pod.api().get("/v1/webhooks/" + webhook.getString("id") + "/secret");
        assertThat(secret.status()).isEqualTo(200);
        return secret.json().getString("key");
    }

    private String rotate(JsonObject webhook, String body) {
        String path = "/v1/webhooks/" + webhook.getString("id") + "/secret/rotate";
        Rest.Answer rotated = pod.api().post(path, "application/json", body);
        assertThat(rotated.status()).as(rotated.text()).isEqualTo(200);
        return rotated.json().getString("key");
    }
}
