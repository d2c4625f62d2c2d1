package dev.sluice.delivery.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.Event;
import dev.sluice.subscription.Target.Header;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.RecordedRequest;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the source forces, and what it says unless the webhook does. */
class SourceHeadersTest extends HeadersHarness {
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
}
