package dev.sluice.subscription.form;

import static dev.sluice.subscription.form.WebhookBodies.json;
import static dev.sluice.subscription.form.WebhookBodies.minimal;
import static dev.sluice.subscription.form.WebhookBodies.pointers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.secrets.Entropy;
import dev.sluice.subscription.Pacing;
import dev.sluice.subscription.Pacing.Coalesce;
import dev.sluice.subscription.Pacing.Ordering;
import dev.sluice.subscription.Pacing.RateLimit;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

final class PacingFormTest {
    private final WebhookForms forms =
            new WebhookForms(WebhookRules.DEFAULT, Entropy.SYSTEM, InstantSource.fixed(WebhookBodies.NOW));

    @Test
    void readsHowFastAndInWhichOrderItIsFed() {
        Pacing pacing = forms.create(
                        "acme",
                        minimal()
                                .put("rateLimit", json("{'limit':100,'periodMs':60000,'burst':7}"))
                                .put("coalesce", json("{'by':'key','quietMs':2000,'maxWaitMs':9000}")))
                .pacing();

        assertThat(pacing.rateLimit()).isEqualTo(new RateLimit(100, Duration.ofMinutes(1), 7));
        assertThat(pacing.coalesce())
                .isEqualTo(new Coalesce(Coalesce.By.KEY, Duration.ofSeconds(2), Duration.ofSeconds(9)));
        assertThat(forms.create("acme", minimal().put("ordering", "key"))
                        .pacing()
                        .ordering())
                .isEqualTo(Ordering.KEY);
    }

    @Test
    void fillsInWhatARateAndABurstDoNotSay() {
        Pacing pacing = forms.create(
                        "acme",
                        minimal().put("rateLimit", json("{'limit':100}")).put("coalesce", json("{'quietMs':2000}")))
                .pacing();

        assertThat(pacing.rateLimit()).isEqualTo(new RateLimit(100, Duration.ofSeconds(1), 100));
        assertThat(pacing.coalesce())
                .isEqualTo(new Coalesce(Coalesce.By.WEBHOOK, Duration.ofSeconds(2), Duration.ofSeconds(20)));
        assertThat(pacing.ordering()).isEqualTo(Ordering.NONE);
    }

    @Test
    void refusesAPaceThatMakesNoSense() {
        assertThat(pointers(minimal().put("rateLimit", json("{'burst':1}")))).isEqualTo("/rateLimit/limit");
        assertThat(pointers(minimal().put("rateLimit", json("{'limit':0,'periodMs':1,'x':1}"))))
                .isEqualTo("/rateLimit/x /rateLimit/limit /rateLimit/periodMs");
        assertThat(pointers(minimal().put("ordering", "fifo"))).isEqualTo("/ordering");
        assertThat(pointers(minimal().put("coalesce", json("{}")))).isEqualTo("/coalesce/quietMs");
        assertThat(pointers(minimal().put("coalesce", json("{'quietMs':2000,'maxWaitMs':10,'by':'hand'}"))))
                .isEqualTo("/coalesce/by /coalesce/maxWaitMs");
        assertThat(pointers(minimal().put("ordering", "key").put("coalesce", json("{'quietMs':5}"))))
                .isEqualTo("/coalesce");
        assertThat(pointers(minimal().put("paused", 1))).isEqualTo("/paused");
    }
}
