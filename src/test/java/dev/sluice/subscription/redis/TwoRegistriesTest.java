package dev.sluice.subscription.redis;

import static dev.sluice.testing.RegistryContract.get;
import static dev.sluice.testing.Webhooks.disabled;
import static dev.sluice.testing.Webhooks.nextVersion;
import static dev.sluice.testing.Webhooks.ofTenant;
import static dev.sluice.testing.Webhooks.renamed;
import static dev.sluice.testing.Webhooks.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.redis.trouble.RedisUnavailable;
import dev.sluice.subscription.Index;
import dev.sluice.subscription.Webhook;
import dev.sluice.subscription.WebhookChanged;
import dev.sluice.testing.RegistryContract;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TwoRegistriesTest extends TwoRegistriesHarness {
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

    private boolean saved(Webhook webhook) {
        return get(here.registry.save(webhook))
                || get(here.registry.find("default", webhook.id())).isPresent();
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
}
