package dev.sluice.delivery.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.event.Event;
import dev.sluice.subscription.Auth;
import dev.sluice.subscription.Shape.BodyMode;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.RecordedRequest;
import io.vertx.core.buffer.Buffer;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** What Sluice says, and what the webhook adds. */
class HeadersTest extends HeadersHarness {
    @Test
    void writesThemInOrder() {
        source.forced.put("X-Strapi-Event", "entry.create");
        Webhook webhook = Webhooks.to(endpoint.url() + "/hook?x=1#gone")
                .key(SECRET, null)
                .header("X-Token", "t")
                .auth("user", "pässword")
                .build();
        Event event =
                SendingHarness.event("application/json", Buffer.buffer("{\"a\":1}"), "strapi", "traceparent", TRACE);
        harness.send(event, webhook, 3);
        RecordedRequest request = endpoint.request();
        assertThat(request.line()).isEqualTo("POST /hook?x=1 HTTP/1.1");
        assertThat(request.headerNames())
                .containsExactly(
                        "content-type",
                        "content-length",
                        "webhook-id",
                        "webhook-timestamp",
                        "webhook-signature",
                        "sluice-attempt",
                        "sluice-hops",
                        "traceparent",
                        "x-strapi-event",
                        "x-token",
                        "authorization",
                        "user-agent",
                        "host");
        assertThat(request.header("content-type")).isEqualTo("application/json");
        assertThat(request.header("content-length")).isEqualTo("7");
        assertThat(request.header("user-agent")).isEqualTo("Sluice/1.2.3");
        assertThat(request.header("webhook-id")).isEqualTo("evt_p5jXN8AQM9LWM0D4loKWxJek");
        assertThat(request.header("webhook-timestamp")).isEqualTo("1614265330");
        assertThat(request.header("sluice-attempt")).isEqualTo("3");
        assertThat(request.header("traceparent")).isEqualTo(TRACE);
        assertThat(request.header("authorization")).isEqualTo("Basic dXNlcjpww6Rzc3dvcmQ=");
        assertThat(request.text()).isEqualTo("{\"a\":1}");
    }

    @Test
    void signsTheBodyAloneInTheHeaderThatTheWebhookNames() throws Exception {
        Buffer body = Buffer.buffer("{\"event\":\"entry.create\"}");
        Webhook webhook = Webhooks.to(endpoint.url())
                .key(SECRET, null)
                .header("X-STRAPI-SIGNATURE-256", "forged")
                .bodyHeader("X-Strapi-Signature-256")
                .build();
        harness.send(SendingHarness.event("application/json", body, "strapi"), webhook, 1);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(SECRET.substring("whsec_".length())), "HmacSHA256"));
        RecordedRequest request = endpoint.request();
        assertThat(request.headers("x-strapi-signature-256"))
                .containsExactly("sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes())));
        assertThat(request.header("webhook-signature")).startsWith("v1,");
    }

    @Test
    void letsTheWebhookChooseWhatIsNotForced() {
        Webhook webhook = Webhooks.to(endpoint.url())
                .header("User-Agent", "mine")
                .header("X-Many", "1")
                .header("x-many", "2")
                .header("Traceparent", "its own")
                .build();
        harness.send(webhook);
        RecordedRequest request = endpoint.request();
        assertThat(request.header("user-agent")).isEqualTo("mine");
        assertThat(request.headers("x-many")).containsExactly("1", "2");
        assertThat(request.header("traceparent")).isEqualTo("its own");
        assertThat(request.headers("webhook-signature")).isEmpty();
    }

    @Test
    void letsBasicAuthWinOverAnOwnHeader() {
        harness.send(Webhooks.to(endpoint.url())
                .header("Authorization", "Bearer x")
                .auth("a", "b")
                .build());
        assertThat(endpoint.request().header("authorization")).isEqualTo("Basic YTpi");
    }

    @Test
    void sendsABearerToken() {
        harness.send(Webhooks.to(endpoint.url())
                .header("Authorization", "Basic x")
                .auth(new Auth.Bearer("t0k.en"))
                .build());
        assertThat(endpoint.request().header("authorization")).isEqualTo("Bearer t0k.en");
    }

    @Test
    void letsNoLineBreakIntoTheHead() {
        Webhook webhook = Webhooks.to(endpoint.url())
                .header("X-Evil", "a\r\nx-injected: b")
                .build();
        Answer.Failure failure = harness.failed(webhook);
        assertThat(failure.kind()).isEqualTo(Answer.Kind.INTERNAL);
        assertThat(failure.detail()).doesNotContain("\n");
        assertThat(endpoint.requests()).isEmpty();
    }

    @Test
    void writesTheAttributesOfABinaryCloudEventEncoded() {
        Webhook webhook = Webhooks.to(endpoint.url())
                .body(BodyMode.CLOUDEVENTS_BINARY)
                .header("ce-type", "forged")
                .build();
        Event event =
                SendingHarness.event("text/plain", Buffer.buffer("hi"), null, "subject", "Grüße \"100%\"", "id", "7");
        harness.send(event, webhook, 1);
        RecordedRequest request = endpoint.request();
        assertThat(request.header("content-type")).isEqualTo("text/plain");
        assertThat(request.header("ce-specversion")).isEqualTo("1.0");
        assertThat(request.header("ce-id")).isEqualTo("7");
        assertThat(request.header("ce-type")).isEqualTo("invoice.paid");
        assertThat(request.header("ce-source")).isEqualTo("/shop/1");
        assertThat(request.header("ce-subject")).isEqualTo("Gr%C3%BC%C3%9Fe%20%22100%25%22");
        assertThat(request.headers("ce-datacontenttype")).isEmpty();
        assertThat(request.text()).isEqualTo("hi");
    }

    @Test
    void bracketsAnIpv6Host() {
        // The address is refused before it is dialled, which shows that the host was understood as one.
        assertThat(harness.failed(Webhooks.at("http://[2001:db8::1]:8080/x")).kind())
                .isEqualTo(Answer.Kind.FORBIDDEN);
    }
}
