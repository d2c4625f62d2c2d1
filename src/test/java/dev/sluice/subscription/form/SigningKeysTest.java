package dev.sluice.subscription.form;

import static dev.sluice.subscription.Forms.pointers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.http.ProblemException;
import dev.sluice.subscription.Forms;
import dev.sluice.subscription.Target.Algorithm;
import dev.sluice.subscription.Target.SigningKey;
import dev.sluice.subscription.Webhook;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SigningKeysTest {
    /** A key pair as the libraries of Standard Webhooks write it: seed and public key, and the public key alone. */
    private static final String PAIR =
            "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==";

    private static final String PUBLIC = "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=";
    private static final String SEED = "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbc=";

    private final Forms forms = new Forms("signing");

    @Test
    void makesAKeyPairAndShowsItsPublicHalfAlone() {
        Webhook webhook = forms.create("{'algorithm':'ed25519'}");
        SigningKey key = webhook.target().keys().get(0);

        assertThat(key.algorithm()).isEqualTo(Algorithm.ED25519);
        assertThat(key.secret()).matches("whsk_[A-Za-z0-9+/]{86}==");
        assertThat(forms.view(webhook).getString("algorithm")).isEqualTo("ed25519");
        assertThat(forms.all().secretView(webhook).encode())
                .matches("\\{\"key\":\"whpk_[A-Za-z0-9+/]{43}=\",\"previous\":\\[]}");
        assertThat(webhook.toString()).doesNotContain(key.secret().substring(5));
    }

    @Test
    void takesAKeyPairOfOnesOwnInBothForms() {
        for (String own : List.of(PAIR, SEED)) {
            Webhook webhook = forms.create("{'algorithm':'ed25519','secret':'" + own + "'}");

            assertThat(webhook.target().keys()).containsExactly(new SigningKey(PAIR, null));
            assertThat(forms.all().secretView(webhook).getString("key")).isEqualTo(PUBLIC);
        }
        assertThat(forms.create("{'secret':'" + PAIR + "'}").target().keys())
                .containsExactly(new SigningKey(PAIR, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'algorithm':'ed25519','secret':'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'}",
                "{'algorithm':'ed25519','secret':'whsk_AAAA'}",
                "{'algorithm':'ed25519','secret':'whsk_~'}",
                "{'algorithm':'ed25519','secret':'whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4='}",
                // A public half that is not that of the seed.
                "{'algorithm':'ed25519','secret':'whsk_7Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqS"
                        + "KJp4AJ6p9lMicMFs6Kvg=='}",
                "{'algorithm':'hmac-sha256','secret':'whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbc='}"
            })
    void refusesAKeyOfAnotherKind(String signing) {
        assertThat(pointers(() -> forms.create(signing))).isEqualTo("/signing/secret");
    }

    @Test
    void signsWithBothAlgorithmsDuringTheGraceOfASwitch() {
        Webhook old = forms.create("{'algorithm':'hmac-sha256'}");
        String former = old.target().keys().get(0).secret();
        Webhook switched = forms.patch(old, "{'algorithm':'ed25519'}");

        assertThat(switched.target().keys()).hasSize(2);
        assertThat(switched.target().keys().get(0).algorithm()).isEqualTo(Algorithm.ED25519);
        assertThat(switched.target().keys().get(1))
                .isEqualTo(new SigningKey(former, Forms.NOW.plus(Duration.ofDays(1))));
        assertThat(forms.all()
                        .secretView(switched)
                        .getJsonArray("previous")
                        .getJsonObject(0)
                        .getString("key"))
                .isEqualTo(former);
    }

    @Test
    void keepsTheKeysWhereTheAlgorithmStaysOrIsNotSaid() {
        Webhook pair = forms.create("{'algorithm':'ed25519'}");

        assertThat(forms.patch(pair, "{'algorithm':'ed25519'}").target().keys())
                .isEqualTo(pair.target().keys());
        assertThat(forms.all()
                        .replace(pair, Forms.json("{'url':'https://a.example/'}"))
                        .target()
                        .keys())
                .isEqualTo(pair.target().keys());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'algorithm':'ed25519','bodyHeader':'X-Signature'}",
                "{'algorithm':'none','bodyHeader':'X-Signature'}",
                "{'secret':'whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbc=','bodyHeader':'X-Signature'}"
            })
    void refusesAnHmacOfTheBodyWhereAKeyPairSigns(String signing) {
        assertThat(pointers(() -> forms.create(signing))).isEqualTo("/signing/bodyHeader");
    }

    @Test
    void letsGoOfTheHmacOfTheBodyBeforeAKeyPairSigns() {
        Webhook hmac = forms.create("{'bodyHeader':'X-Signature'}");
        Webhook pair = forms.patch(hmac, "{'algorithm':'ed25519','bodyHeader':null}");

        assertThat(hmac.target().bodyHeader()).isEqualTo("X-Signature");
        assertThat(forms.view(hmac).getString("bodyHeader")).isEqualTo("X-Signature");
        assertThat(pointers(() -> forms.patch(hmac, "{'algorithm':'ed25519'}"))).isEqualTo("/signing/bodyHeader");
        assertThat(pair.target().bodyHeader()).isNull();
        assertThat(pointers(() -> forms.patch(pair, "{'bodyHeader':'X-Signature'}")))
                .isEqualTo("/signing/bodyHeader");
        assertThat(forms.patch(pair, "{'algorithm':'hmac-sha256','bodyHeader':'X-Signature'}")
                        .target()
                        .bodyHeader())
                .isEqualTo("X-Signature");
    }

    @Test
    void signsNothingAtOnceWhereTheProducersSignatureIsToGoThrough() {
        Webhook hmac = forms.create("{'algorithm':'hmac-sha256'}");
        Webhook none = forms.patch(hmac, "{'algorithm':'none'}");
        assertThat(none.target().keys()).containsExactly(SigningKey.NONE);
        assertThat(forms.view(none).getString("algorithm")).isEqualTo("none");
        assertThat(forms.patch(none, "{'algorithm':'hmac-sha256'}").target().keys())
                .extracting(SigningKey::algorithm)
                .containsExactly(Algorithm.HMAC_SHA256);
        assertThatThrownBy(() -> forms.all().rotate(none, Duration.ofHours(1))).hasMessageContaining("none");
        assertThatThrownBy(() -> forms.all().secretView(none)).hasMessageContaining("none");
    }

    @Test
    void rotatesWithinTheAlgorithm() {
        Webhook pair = forms.create("{'algorithm':'ed25519'}");
        Webhook rotated = forms.all().rotate(pair, Duration.ofHours(1));

        assertThat(rotated.target().keys())
                .extracting(SigningKey::algorithm)
                .containsExactly(Algorithm.ED25519, Algorithm.ED25519);
        assertThat(forms.all().secretView(rotated).encode()).contains("whpk_").doesNotContain("whsk_");
    }

    @Test
    void refusesToSwitchForEver() {
        Webhook webhook = forms.create("{'algorithm':'ed25519'}");
        for (int i = 1; i < SigningKeys.MAX_KEYS; i++) {
            webhook = forms.patch(webhook, i % 2 == 1 ? "{'algorithm':'hmac-sha256'}" : "{'algorithm':'ed25519'}");
        }
        Webhook full = webhook;

        assertThatThrownBy(() -> forms.patch(full, "{'algorithm':'hmac-sha256'}"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        thrown -> assertThat(thrown.problem().type()).isEqualTo("too-many-keys"));
    }
}
