package dev.sluice.subscription.form;

import static dev.sluice.testing.Certificates.pem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.secrets.Entropy;
import dev.sluice.secrets.SecretBox;
import dev.sluice.secrets.UnreadableSecret;
import dev.sluice.subscription.Webhook;
import dev.sluice.subscription.index.WebhookIndex;
import dev.sluice.testing.Webhooks;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WebhookCodecTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00.5Z");

    /** Of a hundred thousand each takes as much; reading them takes half a minute. */
    private static final int MANY = Integer.getInteger("sluice.webhooks", 10_000);

    private static final String FILTER =
            "{\"all\":[{\"exact\":{\"/data/site/id\":%1$d}},{\"sql\":\"EXISTS model AND site = %1$d\"}]}";

    private final WebhookForms forms = new WebhookForms(WebhookRules.DEFAULT, Entropy.SYSTEM, () -> NOW);
    private final WebhookCodec codec = codec();

    @Test
    void readsBackWhatItWrote() {
        Webhook full = full();
        Webhook rotated = forms.rotate(full, Duration.ofDays(1));
        Webhook disabled = forms.disable(rotated, "answered 410 Gone");

        for (Webhook webhook : List.of(full, rotated, disabled, Webhooks.webhook("wh_1", "**"))) {
            assertThat(codec.decode(webhook.tenant(), codec.encode(webhook))).isEqualTo(webhook);
        }
    }

    @Test
    void writesNoSecretInTheClear() {
        Webhook webhook = full();

        assertThat(codec.encode(webhook))
                .contains("X-Token", "v1.")
                .doesNotContain(
                        "t0ken", "p4ss", webhook.target().keys().get(0).secret().substring(6));
    }

    @Test
    void keepsEveryIdentityAndSealsItsSecrets() {
        String key = pem("client-a.key");
        List<JsonObject> identities = List.of(
                new JsonObject("{\"auth\":{\"type\":\"bearer\",\"token\":\"s3cret\"}}"),
                new JsonObject("""
                        {"auth":{"type":"oauth2","tokenUrl":"https://auth.example/token","clientId":"c",
                         "clientSecret":"s3cret","audience":"a","clientAuth":"body"}}"""),
                new JsonObject("{\"signing\":{\"algorithm\":\"ed25519\"}}"),
                new JsonObject().put("tls", new JsonObject().put("ca", pem("ca.pem"))),
                new JsonObject()
                        .put(
                                "tls",
                                new JsonObject()
                                        .put("clientCertificate", pem("client-a.pem"))
                                        .put("clientKey", key)));
        for (JsonObject identity : identities) {
            Webhook webhook = forms.create("acme", identity.put("url", "https://a.example/"));
            String stored = codec.encode(webhook);

            assertThat(codec.decode("acme", stored)).isEqualTo(webhook);
            assertThat(stored)
                    .doesNotContain(
                            "s3cret",
                            "PRIVATE",
                            webhook.target().keys().get(0).secret().substring(6));
        }
    }

    @Test
    void readsPasswordsThatWereStoredWithoutAType() {
        Webhook webhook = full();
        JsonObject stored = new JsonObject(codec.encode(webhook));
        stored.getJsonObject("auth").remove("type");

        assertThat(codec.decode("acme", stored.encode())).isEqualTo(webhook);
    }

    @Test
    void saysWhichWebhookAnotherKeyCannotRead() {
        Webhook webhook = full();

        assertThatThrownBy(() -> codec().decode("acme", codec.encode(webhook)))
                .isInstanceOf(UnreadableSecret.class)
                .hasMessageContaining("webhook acme/" + webhook.id())
                .hasMessageContaining("key differs");
    }

    @Test
    void refusesSecretsOfAnotherTenantOrWebhook() {
        String stored = codec.encode(full());
        String moved = new JsonObject(stored).put("id", "wh_other").encode();

        assertThatThrownBy(() -> codec.decode("other", stored)).isInstanceOf(UnreadableSecret.class);
        assertThatThrownBy(() -> codec.decode("acme", moved)).isInstanceOf(UnreadableSecret.class);
    }

    @Test
    void sharesWhatWebhooksHaveInCommon() {
        Webhook first = codec.decode("acme", codec.encode(full()));
        Webhook second = codec.decode("acme", codec.encode(full()));

        assertThat(second.subscription()).isSameAs(first.subscription());
        assertThat(second.pacing()).isSameAs(first.pacing());
        assertThat(second.target().timeout()).isSameAs(first.target().timeout());
        assertThat(second.target().headers().get(0).name())
                .isSameAs(first.target().headers().get(0).name());
    }

    @Test
    void holdsEachIdleWebhookInAKilobyte() {
        long before = usedHeap();
        WebhookIndex index = WebhookIndex.of(many(MANY));
        long bytes = usedHeap() - before;

        assertThat(index.size()).isEqualTo(MANY);
        assertThat(bytes / MANY).isLessThan(1_000);
    }

    @Test
    void holdsEachWebhookWithAFilterInAKilobyte() {
        long before = usedHeap();
        List<Webhook> webhooks = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            JsonObject body = new JsonObject()
                    .put("url", "https://receiver-" + i + ".example/hooks/" + i)
                    .put("filter", new JsonObject(FILTER.formatted(i % 1000)));
            webhooks.add(codec.decode("acme", codec.encode(forms.create("acme", body))));
        }
        WebhookIndex index = WebhookIndex.of(webhooks);
        webhooks.clear();
        long bytes = usedHeap() - before;

        assertThat(index.size()).isEqualTo(MANY);
        assertThat(bytes / MANY).isLessThan(1_000);
    }

    private List<Webhook> many(int count) {
        List<Webhook> webhooks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            JsonObject body = new JsonObject()
                    .put("url", "https://receiver-" + i + ".example/hooks/" + i)
                    .put("eventTypes", List.of("entry.*", "media.kind" + i % 1000));
            webhooks.add(codec.decode("acme", codec.encode(forms.create("acme", body))));
        }
        return webhooks;
    }

    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        runtime.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static WebhookCodec codec() {
        return new WebhookCodec(SecretBox.fromKey(SecretBox.newKey(Entropy.SYSTEM)));
    }

    private Webhook full() {
        return forms.create("acme", new JsonObject("""
                        {"name":"Deploy site","url":"https://ci.example/hook","source":"cms","eventTypes":["entry.*","a.b"],
                         "filter":{"all":[{"exact":{"model":"article","/data/n":1.5}},{"sql":"site = '12'"}]},
                         "headers":[{"name":"X-Token","value":"t0ken","secret":true},{"name":"X-Site","value":"12"}],
                         "auth":{"type":"basic","username":"u","password":"p4ss"},"body":"cloudevents","timeoutMs":5000,
                         "retry":{"delaysMs":[5000,300000],"jitter":0.2},"rateLimit":{"limit":5,"periodMs":1000,"burst":2},
                         "paused":true,"coalesce":{"by":"key","quietMs":500}}"""));
    }
}
