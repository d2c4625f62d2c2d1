package dev.sluice.subscription.redis;

import static dev.sluice.testing.RegistryContract.get;
import static dev.sluice.testing.Webhooks.renamed;
import static dev.sluice.testing.Webhooks.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.secrets.Entropy;
import dev.sluice.secrets.SecretBox;
import dev.sluice.subscription.Webhook;
import dev.sluice.subscription.form.WebhookCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnreadableWebhooksTest extends TwoRegistriesHarness {
    @Test
    void storesNoSecretInTheClear() {
        get(here.registry.save(webhook("wh_1", "**")));

        assertThat(REDIS.command(
                        "EVAL",
                        "return redis.call('HGET', KEYS[1], ARGV[1])",
                        "1",
                        RegistryKeys.webhooks("default"),
                        "wh_1"))
                .doesNotContain("whsec_");
    }

    @Test
    void holdsAWebhookOfAnotherKeyAsOneThatWaits() {
        get(here.registry.save(webhook("wh_1", "a", "b")));
        Pod stranger = new Pod(REDIS.uri(), SecretBox.fromKey(SecretBox.newKey(Entropy.SYSTEM)));
        try {
            eventually(() -> get(stranger.registry.index("default")));

            Webhook found = get(stranger.registry.find("default", "wh_1")).orElseThrow();
            assertThat(found.sends()).isFalse();
            assertThat(found.enabled()).isTrue();
            assertThat(found.subscription().eventTypes()).containsExactly("a", "b");
            assertThat(found.unreadable().isSubscriptionKnown()).isTrue();
            assertThat(found.unreadable().reason()).contains("webhook default/wh_1", "secrets.key");
            assertThat(matches(stranger)).containsExactly(found);
        } finally {
            stranger.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no JSON at all",
                "[]",
                "{}",
                "{\"id\":\"wh_other\",\"version\":1}",
                "{\"id\":\"wh_bad\",\"version\":3,\"eventTypes\":\"of another form\"}",
                "{\"id\":\"wh_bad\",\"version\":3,\"name\":7,\"url\":\"no url\",\"source\":[1],\"createdAt\":0}"
            })
    void oneWebhookThatCannotBeReadLeavesTheOthers(String form) {
        Webhook good = webhook("wh_good", "**");
        get(there.registry.save(good));
        REDIS.command("HSET", RegistryKeys.webhooks("default"), "wh_bad", form);

        get(here.registry.index("default"));

        assertThat(matches(here)).extracting(Webhook::id).containsExactlyInAnyOrder("wh_good", "wh_bad");
        assertThat(get(here.registry.find("default", "wh_bad")).orElseThrow().isReadable())
                .isFalse();
        assertThat(get(here.registry.find("default", "wh_good"))).contains(good);
        assertThat(get(here.registry.delete("default", "wh_bad"))).isTrue();
        assertThat(matches(here)).containsExactly(good);
    }

    @Test
    void holdsWhatCanBeReadOfAFilterOfANewerVersion() {
        get(there.registry.save(webhook("wh_1", "entry.*")));
        change("wh_1", "filter", "{\"regex\":{\"type\":\"a+\"}}");

        get(here.registry.index("default"));

        Webhook found = get(here.registry.find("default", "wh_1")).orElseThrow();
        assertThat(found.unreadable().isSubscriptionKnown()).isFalse();
        assertThat(found.subscription().eventTypes()).containsExactly("entry.*");
        assertThat(found.subscription().filter()).isNull();
    }

    @Test
    void canReadAWebhookAgainAsSoonAsItIsMended() {
        Webhook webhook = webhook("wh_1", "**");
        get(here.registry.save(webhook));
        String form = new WebhookCodec(Pod.BOX).encode(webhook);
        get(here.registry.index("default"));
        writeWithoutAHint("wh_1", form.replace("\"keys\":[", "\"keys\":[{\"kms\":\"x\"},"), 1);
        here.check();
        eventually(() -> assertThat(matches(here)).noneMatch(Webhook::isReadable));

        writeWithoutAHint("wh_1", form, 1);
        here.check();
        eventually(() -> assertThat(matches(here)).containsExactly(webhook));
    }

    @Test
    void keepsWhatANewerVersionStoredBesideWhatThisOneKnows() {
        Webhook webhook = webhook("wh_1", "**");
        get(here.registry.save(webhook));
        change("wh_1", "tags", "[\"a\",{\"b\":1}]");

        assertThat(get(here.registry.save(renamed(webhook, "new name")))).isTrue();

        assertThat(stored("wh_1")).contains("\"tags\":[\"a\",{\"b\":1}]").contains("new name");
        assertThat(get(here.registry.find("default", "wh_1")).orElseThrow().name())
                .isEqualTo("new name");
    }

    @Test
    void writesNothingOverAWebhookThatItCannotRead() {
        get(there.registry.save(webhook("wh_1", "**")));
        change("wh_1", "auth", "{\"type\":\"kerberos\"}");
        Webhook found = get(here.registry.find("default", "wh_1")).orElseThrow();

        assertThat(failure(here.registry.save(found))).hasMessageContaining("cannot be read");
        assertThat(stored("wh_1")).contains("kerberos");
    }

    private static String stored(String id) {
        return REDIS.command(
                "EVAL",
                "return redis.status_reply(redis.call('HGET', KEYS[1], ARGV[1]))",
                "1",
                RegistryKeys.webhooks("default"),
                id);
    }

    /** As a newer version has it. */
    private static void change(String id, String member, String json) {
        String script = """
                local old = redis.call('HGET', KEYS[1], ARGV[1])
                return redis.call('HSET', KEYS[1], ARGV[1], old:sub(1, -2) .. ',"' .. ARGV[2] .. '":' .. ARGV[3] .. '}')""";
        REDIS.command("EVAL", script, "1", RegistryKeys.webhooks("default"), id, member, json);
    }
}
