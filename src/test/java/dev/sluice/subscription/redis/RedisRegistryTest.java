package dev.sluice.subscription.redis;

import static dev.sluice.testing.Webhooks.disabled;
import static dev.sluice.testing.Webhooks.nextVersion;
import static dev.sluice.testing.Webhooks.ofTenant;
import static dev.sluice.testing.Webhooks.renamed;
import static dev.sluice.testing.Webhooks.webhook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.redis.RedisUnavailable;
import dev.sluice.redis.Script;
import dev.sluice.secrets.Entropy;
import dev.sluice.secrets.SecretBox;
import dev.sluice.subscription.Index;
import dev.sluice.subscription.Registry;
import dev.sluice.subscription.Webhook;
import dev.sluice.subscription.WebhookChanged;
import dev.sluice.subscription.form.WebhookCodec;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.RegistryContract;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RedisRegistryTest extends RegistryContract {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    private Pod here;
    private Pod there;

    @BeforeEach
    void startTwoPods() {
        here = new Pod(REDIS.uri());
        there = new Pod(REDIS.uri());
        eventually(() -> get(there.registry.find("default", "wh_none")));
        eventually(() -> get(here.registry.find("default", "wh_none")));
    }

    @AfterEach
    void stopThem() {
        here.stop();
        there.stop();
    }

    @Override
    protected Registry registry() {
        return here.registry;
    }

    @Test
    void tellsTheOtherPodWithinASecond() {
        Webhook webhook = webhook("wh_1", "**");
        get(there.registry.index("default"));

        get(here.registry.save(webhook));
        within(Duration.ofSeconds(1), () -> assertThat(matches(there)).containsExactly(webhook));

        Webhook disabled = disabled(nextVersion(webhook));
        get(here.registry.save(disabled));
        within(Duration.ofSeconds(1), () -> assertThat(matches(there)).isEmpty());

        get(here.registry.delete("default", "wh_1"));
        within(
                Duration.ofSeconds(1),
                () -> assertThat(there.heard)
                        .containsExactly(
                                new WebhookChanged("default", "wh_1", webhook),
                                new WebhookChanged("default", "wh_1", disabled),
                                new WebhookChanged("default", "wh_1", null)));
    }

    @Test
    void saysAChangeOnceOnThePodThatMadeIt() {
        get(here.registry.index("default"));
        get(there.registry.index("default"));
        get(here.registry.save(webhook("wh_1", "**")));
        get(there.registry.save(webhook("wh_2", "**")));

        eventually(() -> assertThat(matches(here)).hasSize(2));
        eventually(() -> assertThat(here.heard).hasSize(2));
        here.check();
        assertThat(get(here.registry.find("default", "wh_2"))).isPresent();
        assertThat(here.heard).hasSize(2);
    }

    @Test
    void saysAChangeOfATenantThatIsNotHeld() {
        Webhook webhook = ofTenant(webhook("wh_1", "**"), "acme");
        get(here.registry.save(webhook));

        eventually(() -> assertThat(there.heard).containsExactly(new WebhookChanged("acme", "wh_1", webhook)));
        assertThat(there.registry.cached("acme")).isNull();
    }

    @Test
    void findsAtTheNextCheckWhatNobodySaid() {
        Webhook webhook = webhook("wh_1", "**");
        get(here.registry.save(webhook));
        get(there.registry.index("default"));
        writeWithoutAHint(renamed(webhook, "unheard"));

        there.check();

        eventually(() -> assertThat(matches(there)).extracting(Webhook::name).containsExactly("unheard"));
        assertThat(there.heard).extracting(WebhookChanged::id).contains("wh_1");
    }

    @Test
    void readsATenantAnewWhenTooMuchWasMissed() {
        get(here.registry.save(webhook("wh_gone", "**")));
        get(there.registry.index("default"));
        get(here.registry.delete("default", "wh_gone"));
        for (int i = 0; i < 3; i++) {
            writeWithoutAHint(webhook("wh_" + i, "**"));
        }
        REDIS.command("XTRIM", RegistryKeys.changes("default"), "MAXLEN", "1");

        there.check();

        eventually(() -> assertThat(matches(there)).extracting(Webhook::id).containsExactly("wh_0", "wh_1", "wh_2"));
        assertThat(there.heard).contains(new WebhookChanged("default", "wh_gone", null));
    }

    @Test
    void servesWhatItHoldsWhileRedisIsAway() {
        Webhook webhook = webhook("wh_1", "**");
        get(here.registry.index("default"));
        get(here.registry.save(webhook));
        REDIS.kill();

        assertThat(matches(here)).containsExactly(webhook);
        assertThat(get(here.registry.find("default", "wh_1"))).contains(webhook);
        assertThat(get(here.registry.list("default", "", 10))).containsExactly(webhook);
        assertUnavailable(here.registry.save(nextVersion(webhook)));
        assertUnavailable(here.registry.index("cold"));
        assertUnavailable(here.registry.find("cold", "wh_1"));
    }

    @Test
    void followsChangesAgainAfterARestart() {
        get(here.registry.index("default"));
        get(there.registry.index("default"));
        get(here.registry.save(webhook("wh_1", "**")));
        REDIS.restart();

        eventually(() -> assertThat(saved(webhook("wh_2", "**"))).isTrue());

        eventually(() -> assertThat(matches(there)).extracting(Webhook::id).contains("wh_2"));
        Webhook webhook = webhook("wh_3", "**");
        get(here.registry.save(webhook));
        within(Duration.ofSeconds(1), () -> assertThat(matches(there)).contains(webhook));
    }

    @Test
    void forgetsWhatRedisLost() {
        get(here.registry.save(webhook("wh_1", "**")));
        get(there.registry.index("default"));
        REDIS.flushAll();

        there.check();

        eventually(() -> assertThat(matches(there)).isEmpty());
        assertThat(there.heard).contains(new WebhookChanged("default", "wh_1", null));
        Webhook webhook = webhook("wh_2", "**");
        get(here.registry.save(webhook));
        eventually(() -> assertThat(matches(there)).containsExactly(webhook));
    }

    @Test
    void tellsALossFromAVersionThatCameAgain() {
        get(here.registry.save(webhook("wh_1", "**")));
        get(there.registry.index("default"));
        REDIS.flushAll();
        writeWithoutAHint(webhook("wh_2", "**"));

        there.check();

        eventually(() -> assertThat(matches(there)).extracting(Webhook::id).containsExactly("wh_2"));
    }

    @Test
    void loadsAColdTenantOnceForAllWhoAsk() {
        fill(3000);
        List<Future<Index>> asked = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            asked.add(there.registry.index("default"));
        }

        assertThat(asked.stream().map(RegistryContract::get).distinct()).hasSize(1);
        assertThat(matches(there)).hasSize(3000);
        assertThat(get(there.registry.list("default", "wh_02990", 100))).hasSize(9);
    }

    @Test
    void missesNoChangeWhileItLoads() {
        fill(3000);
        Future<Index> loading = there.registry.index("default");
        for (int i = 0; i < 20; i++) {
            get(here.registry.delete("default", "wh_%05d".formatted(i * 100)));
        }
        get(loading);

        eventually(() -> assertThat(matches(there)).hasSize(2980));
    }

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
        get(here.registry.save(good));
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
        get(here.registry.save(webhook("wh_1", "entry.*")));
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
        get(here.registry.save(webhook("wh_1", "**")));
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

    private static List<Webhook> matches(Pod pod) {
        return pod.registry.cached("default").match(event("a"));
    }

    private boolean saved(Webhook webhook) {
        return get(here.registry.save(webhook))
                || get(here.registry.find("default", webhook.id())).isPresent();
    }

    /** As a pod does that dies before it could tell the others. */
    private static void writeWithoutAHint(Webhook webhook) {
        writeWithoutAHint(webhook.id(), new WebhookCodec(Pod.BOX).encode(webhook), webhook.version() - 1);
    }

    private static void writeWithoutAHint(String id, String form, long expected) {
        String script = Script.load("lua/registry-write.lua").source();
        String answer = REDIS.command(
                "EVAL",
                script,
                "3",
                RegistryKeys.webhooks("default"),
                RegistryKeys.version("default"),
                RegistryKeys.changes("default"),
                id,
                Long.toString(expected),
                form,
                "1000");
        assertThat(answer).isEqualTo(":1");
    }

    private void fill(int count) {
        List<Future<Boolean>> saves = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            saves.add(here.registry.save(webhook("wh_%05d".formatted(i), "**")));
        }
        get(Future.all(saves));
    }

    private static void assertUnavailable(Future<?> future) {
        assertThat(failure(future)).isInstanceOf(RedisUnavailable.class);
    }

    private static Throwable failure(Future<?> future) {
        return get(
                future.<Throwable>map(none -> new AssertionError("no failure")).recover(Future::succeededFuture));
    }

    private static void eventually(ThrowingRunnable assertion) {
        within(Duration.ofSeconds(15), assertion);
    }

    private static void within(Duration limit, ThrowingRunnable assertion) {
        await().atMost(limit).pollInterval(Duration.ofMillis(10)).untilAsserted(assertion);
    }
}
