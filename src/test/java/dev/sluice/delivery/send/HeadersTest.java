package dev.sluice.delivery.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.event.Event;
import dev.sluice.subscription.Auth;
import dev.sluice.subscription.Shape.BodyMode;
import dev.sluice.subscription.Target.Header;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.ScriptedEndpoint;
import io.vertx.core.buffer.Buffer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The head of a request, as it goes over the wire. */
class HeadersTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final ScriptedEndpoint endpoint = new ScriptedEndpoint();
    private final ScriptedManner source = new ScriptedManner();
    private final SendingHarness harness = new SendingHarness(List.of("127.0.0.1"), Map.of(), source, options -> {});

    @AfterEach
    void close() {
        harness.close();
        endpoint.close();
    }

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
    void letsWhatIsForcedWinOverTheWebhooksOwnWhateverTheCase() {
        source.forced.put("X-Strapi-Event", "entry.create");
        Webhooks webhook = Webhooks.to(endpoint.url()).key(SECRET, null);
        List.of("Content-Type", "CONTENT-LENGTH", "Webhook-Id", "WEBHOOK-SIGNATURE", "Webhook-Timestamp")
                .forEach(name -> webhook.header(name, "forged"));
        List.of("Sluice-Attempt", "x-strapi-event", "Host", "Transfer-Encoding", "Connection")
                .forEach(name -> webhook.header(name, "forged"));
        harness.send(webhook.build());
        assertThat(endpoint.request().head()).doesNotContain("forged");
    }

    @Test
    void st14_defaultHeadersAreOverwrittenByTheWebhooksOwn() {
        source.forced.put("X-Strapi-Event", "entry.create");
        source.defaults.add(new Header("Authorization", "Bearer of-all", true));
        source.defaults.add(new Header("X-Custom", "of-all", false));
        source.defaults.add(new Header("x-strapi-event", "forged", false));
        source.defaults.add(new Header("CONTENT-TYPE", "text/plain", false));
        source.defaults.add(new Header("User-Agent", "node", false));
        harness.send(Webhooks.to(endpoint.url()).header("x-custom", "its-own").build());
        RecordedRequest request = endpoint.request();
        assertThat(request.headers("x-custom")).containsExactly("its-own");
        assertThat(request.headers("authorization")).containsExactly("Bearer of-all");
        assertThat(request.headers("user-agent")).containsExactly("node");
        assertThat(request.headers("x-strapi-event")).containsExactly("entry.create");
        assertThat(request.headers("content-type")).containsExactly("application/json");
    }

    @Test
    void st11_theStrapiEventHeaderCannotBeOverridden() {
        source.forced.put("X-Strapi-Event", "entry.create");
        harness.send(Webhooks.to(endpoint.url())
                .header("x-strapi-event", "entry.delete")
                .build());
        assertThat(endpoint.request().headers("x-strapi-event")).containsExactly("entry.create");
    }

    @Test
    void st15_ofTheSourcesTokenAndTheWebhooksPasswordThePasswordIsSent() {
        source.defaults.add(new Header("authorization", "Bearer of-all", true));
        harness.send(Webhooks.to(endpoint.url()).auth("user", "secret").build());
        assertThat(endpoint.request().headers("authorization")).containsExactly("Basic dXNlcjpzZWNyZXQ=");
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
    void sendsAndSignsTheBodyThatTheSourceMakesForTheWebhook() {
        source.namesTheWebhook = true;
        Event event = SendingHarness.event("application/json", Buffer.buffer("{}"), "cockpit");
        Webhook one = Webhooks.to(endpoint.url())
                .id("wh_1")
                .name("One")
                .key(SECRET, null)
                .build();
        Webhook two = Webhooks.to(endpoint.url())
                .id("wh_2")
                .name("Another")
                .key(SECRET, null)
                .build();
        for (Webhook webhook : List.of(one, two, one)) {
            harness.send(event, webhook, 1);
        }
        assertThat(endpoint.requests()).extracting(RecordedRequest::text).containsExactly("One", "Another", "One");
        assertThat(endpoint.requests())
                .extracting(request -> request.header("content-length"))
                .containsExactly("3", "7", "3");
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\nx: y"
            })
    void doesNotForwardATraceParentThatIsNone(String trace) {
        Event event = SendingHarness.event("application/json", Buffer.buffer("1"), null, "traceparent", trace);
        harness.send(event, Webhooks.at(endpoint.url()), 1);
        assertThat(endpoint.request().headers("traceparent")).isEmpty();
    }

    @Test
    void forwardsTheStateOfATraceThatIsOneAndNothingElseOfIt() {
        send("traceparent", TRACE, "tracestate", "vendor=a,other=b");
        assertThat(endpoint.request().header("tracestate")).isEqualTo("vendor=a,other=b");
    }

    @Test
    void forwardsNoStateWithoutATrace() {
        send("traceparent", "none", "tracestate", "vendor=a");
        assertThat(endpoint.request().headers("tracestate")).isEmpty();
    }

    private void send(String... attributes) {
        Event event = SendingHarness.event("application/json", Buffer.buffer("1"), null, attributes);
        harness.send(event, Webhooks.at(endpoint.url()), 1);
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
