package dev.sluice.subscription.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.subscription.Target.Header;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.Webhooks;
import org.junit.jupiter.api.Test;

class WeightTest {
    private static final Webhook PLAIN = Webhooks.webhook("wh_1", "a");

    private static long more(Webhook webhook) {
        return Weight.of(webhook).minus(Weight.of(PLAIN)).characters();
    }

    @Test
    void countsWhatPeopleCanMakeLongAndEachSegmentAsANode() {
        assertThat(Weight.of(PLAIN))
                .isEqualTo(new Weight(
                        1, "receiver.example".length() + "https://receiver.example/wh_1".length() + "a".length() + 64));
        assertThat(more(Webhooks.webhook("wh_1", "a", "b.c.**"))).isEqualTo("b.c.**".length() + 3 * 64);
        assertThat(more(Webhooks.transformed(PLAIN, "$.data"))).isEqualTo("$.data".length());
        assertThat(more(Webhooks.renamed(PLAIN, "n"))).isEqualTo(1 - "receiver.example".length());
    }

    @Test
    void whatIsTooHeavyMayBecomeLighter() {
        Weight tooHeavy = new Weight(300_000, 1);
        tooHeavy.requireRoomFor(new Weight(-1, 5), "acme");
        tooHeavy.requireRoomFor(new Weight(0, 5), "acme");
        assertThatThrownBy(() -> tooHeavy.requireRoomFor(new Weight(1, -5), "acme"))
                .hasMessageContaining("300001 patterns")
                .hasMessageContaining("at most 200000");
    }

    @Test
    void countsHeadersWithTheirNames() {
        assertThat(more(Webhooks.withHeaders(PLAIN, new Header("X-A", "value", false), new Header("X-B", "", false))))
                .isEqualTo("X-Avalue".length() + "X-B".length());
    }

    @Test
    void aTenantMayHaveAsMuchAsItMayAndNoMore() {
        Weight all = new Weight(199_999, 0);
        all.requireRoomFor(new Weight(1, 0), "acme");
        assertThatThrownBy(() -> all.requireRoomFor(new Weight(2, 0), "acme")).hasMessageContaining("200001 patterns");
        Weight none = new Weight(0, 0);
        none.requireRoomFor(new Weight(0, Weight.MOST_CHARACTERS), "acme");
        assertThatThrownBy(() -> none.requireRoomFor(new Weight(0, Weight.MOST_CHARACTERS + 1), "acme"))
                .hasMessageContaining(Weight.MOST_CHARACTERS + 1 + " characters");
    }

    @Test
    void aWebhookThatIsChangedWeighsWhatItWeighsMore() {
        WebhookIndex index = WebhookIndex.EMPTY.with(PLAIN);
        assertThat(index.added(Webhooks.webhook("wh_2", "a"))).isEqualTo(Weight.of(PLAIN));
        assertThat(index.added(Webhooks.renamed(PLAIN, "n"))).isEqualTo(new Weight(0, 1 - "receiver.example".length()));
    }
}
