package dev.sluice.subscription.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
}
