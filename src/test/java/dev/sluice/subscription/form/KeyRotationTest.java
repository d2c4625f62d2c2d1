package dev.sluice.subscription.form;

import static dev.sluice.subscription.form.WebhookBodies.minimal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.http.ProblemException;
import dev.sluice.secrets.Entropy;
import dev.sluice.subscription.Target.SigningKey;
import dev.sluice.subscription.Webhook;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class KeyRotationTest {
    private Instant now = Instant.parse("2026-11-21T10:00:00.123456Z");
    private final WebhookForms forms = new WebhookForms(WebhookRules.DEFAULT, Entropy.SYSTEM, () -> now);

    @Test
    void signsWithBothKeysUntilTheGraceIsOver() {
        Webhook old = forms.create("acme", minimal());
        Webhook rotated = forms.rotate(old, Duration.ofHours(24));
        String first = old.target().keys().get(0).secret();
        String second = rotated.target().keys().get(0).secret();

        assertThat(second).isNotEqualTo(first);
        assertThat(rotated.version()).isEqualTo(2);
        assertThat(rotated.target().keys())
                .containsExactly(
                        new SigningKey(second, null), new SigningKey(first, Instant.parse("2026-11-22T10:00:00.123Z")));
        assertThat(forms.secretView(rotated).encode())
                .isEqualTo("{\"key\":\"%s\",\"previous\":[{\"key\":\"%s\",\"until\":\"2026-11-22T10:00:00.123Z\"}]}"
                        .formatted(second, first));

        now = now.plus(Duration.ofHours(24));
        assertThat(forms.secretView(rotated).getJsonArray("previous")).isEmpty();
        assertThat(forms.replace(rotated, minimal()).target().keys()).containsExactly(new SigningKey(second, null));
    }

    @Test
    void dropsTheOldKeyAtOnceWithoutAGrace() {
        Webhook rotated = forms.rotate(forms.create("acme", minimal()), Duration.ZERO);

        assertThat(rotated.target().keys()).hasSize(1);
        assertThatThrownBy(() -> forms.rotate(rotated, Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesARotationWhileManyKeysStillSign() {
        Webhook webhook = forms.create("acme", minimal());
        for (int i = 1; i < SigningKeys.MAX_KEYS; i++) {
            webhook = forms.rotate(webhook, Duration.ofHours(1));
        }
        Webhook full = webhook;

        assertThat(full.target().keys()).hasSize(SigningKeys.MAX_KEYS);
        assertThatThrownBy(() -> forms.rotate(full, Duration.ofHours(1)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        thrown -> assertThat(thrown.problem().type()).isEqualTo("too-many-keys"));
        now = now.plus(Duration.ofHours(1));
        assertThat(forms.rotate(full, Duration.ofHours(1)).target().keys()).hasSize(2);
    }
}
