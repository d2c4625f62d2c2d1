package dev.sluice.delivery.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.Event;
import dev.sluice.subscription.Shape.BodyMode;
import dev.sluice.subscription.Target.Header;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.RecordedRequest;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a producer said in its own headers. */
class ProducersHeadersTest extends HeadersHarness {
    @Test
    void carriesTheProducersUnderTheirOwnNamesAfterAllOthers() {
        source.defaults.add(new Header("X-Default", "source", false));
        Webhook webhook = Webhooks.to(endpoint.url())
                .key(SECRET, null)
                .header("X-Own", "webhook")
                .body(BodyMode.PAYLOAD)
                .build();
        harness.send(
                produced("X-GitHub-Event:push\nX-Two:1\nX-Two:2\nx-own:p\nX-DEFAULT:p\nUser-Agent:GitHub-Hookshot/1\n"
                        + "webhook-id:msg_1\nwebhook-signature:v1,x\nX-Latin:Z\u00fcrich"),
                webhook,
                1);
        RecordedRequest request = endpoint.request();
        assertThat(request.header("X-GitHub-Event")).isEqualTo("push");
        assertThat(request.headers("X-Two")).containsExactly("1", "2");
        assertThat(request.headers("x-own")).containsExactly("webhook");
        assertThat(request.headers("x-default")).containsExactly("source");
        assertThat(request.header("user-agent")).isEqualTo("GitHub-Hookshot/1");
        assertThat(request.header("webhook-id")).startsWith("evt_");
        assertThat(request.header("original-webhook-id")).isEqualTo("msg_1");
        assertThat(request.header("original-webhook-signature")).isEqualTo("v1,x");
        assertThat(request.header("x-latin")).isEqualTo("Z\u00fcrich");
    }

    @Test
    void letsTheProducersSignatureThroughWhereSluiceDoesNotSign() {
        Webhook webhook = Webhooks.to(endpoint.url())
                .key("none", null)
                .body(BodyMode.PAYLOAD)
                .build();
        harness.send(produced("webhook-id:msg_1\nwebhook-timestamp:1\nwebhook-signature:v1,x"), webhook, 1);
        RecordedRequest request = endpoint.request();
        assertThat(request.headers("webhook-id")).containsExactly("msg_1");
        assertThat(request.headers("webhook-timestamp")).containsExactly("1");
        assertThat(request.headers("webhook-signature")).containsExactly("v1,x");

        harness.send(SendingHarness.event(), webhook, 1);
        RecordedRequest plain = endpoint.requests().get(1);
        assertThat(plain.header("webhook-id")).startsWith("evt_");
        assertThat(plain.headers("webhook-signature")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(BodyMode.class)
    void passesOnASignatureOnlyWithTheBodyThatItIsOf(BodyMode mode) {
        Webhook webhook = Webhooks.to(endpoint.url()).body(mode).build();
        harness.send(produced("X-Hub-Signature-256:sha256=0\nX-GitHub-Event:push"), webhook, 1);
        RecordedRequest request = endpoint.request();
        boolean isData = mode == BodyMode.PAYLOAD || mode == BodyMode.CLOUDEVENTS_BINARY;
        assertThat(request.headers("X-Hub-Signature-256")).hasSize(isData ? 1 : 0);
        assertThat(request.header("X-GitHub-Event")).isEqualTo("push");
        assertThat(request.headerNames()).noneMatch(name -> name.contains("sluiceheaders"));
        assertThat(request.text()).doesNotContain("sluiceheaders");
    }

    @Test
    void saysHowTheDataIsPacked() {
        Event packed = SendingHarness.event(
                "application/json", Buffer.buffer(new byte[] {31, 1}), "generic", "sluiceencoding", "gzip");
        harness.send(packed, Webhooks.to(endpoint.url()).body(BodyMode.PAYLOAD).build(), 1);
        assertThat(endpoint.request().header("content-encoding")).isEqualTo("gzip");
        harness.send(
                packed, Webhooks.to(endpoint.url()).body(BodyMode.CLOUDEVENTS).build(), 1);
        RecordedRequest structured = endpoint.requests().get(1);
        assertThat(structured.headers("content-encoding")).isEmpty();
        assertThat(structured.text()).contains("data_base64").doesNotContain("sluiceencoding");
    }

    private static Event produced(String headers) {
        return SendingHarness.event(
                "application/json", Buffer.buffer("{\"a\":1}"), "generic", "sluiceheaders", headers);
    }
}
