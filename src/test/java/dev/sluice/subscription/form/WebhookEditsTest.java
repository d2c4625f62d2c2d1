package dev.sluice.subscription.form;

import static dev.sluice.subscription.form.WebhookBodies.FULL;
import static dev.sluice.subscription.form.WebhookBodies.headers;
import static dev.sluice.subscription.form.WebhookBodies.json;
import static dev.sluice.subscription.form.WebhookBodies.minimal;
import static dev.sluice.subscription.form.WebhookBodies.pointers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.http.ProblemException;
import dev.sluice.secrets.Entropy;
import dev.sluice.subscription.Auth;
import dev.sluice.subscription.Pacing;
import dev.sluice.subscription.Target.Header;
import dev.sluice.subscription.Webhook;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WebhookEditsTest {
    private Instant now = Instant.parse("2026-11-21T10:00:00.123456Z");
    private final WebhookForms forms = new WebhookForms(WebhookRules.DEFAULT, Entropy.SYSTEM, () -> now);

    @Test
    void takesBackWhatItShowed() {
        Webhook old = forms.create("acme", new JsonObject(FULL));
        now = now.plusSeconds(5);
        Webhook same = forms.replace(old, forms.view(old).put("state", new JsonObject()));

        assertThat(same)
                .usingRecursiveComparison()
                .ignoringFields("version", "updatedAt")
                .isEqualTo(old);
        assertThat(same.version()).isEqualTo(2);
        assertThat(same.updatedAt()).isEqualTo("2026-11-21T10:00:05.123Z");
    }

    @Test
    void replacesWithDefaultsWhatThePutDoesNotSay() {
        Webhook old = forms.create("acme", new JsonObject(FULL));
        Webhook replaced = forms.replace(old, minimal());

        assertThat(replaced)
                .usingRecursiveComparison()
                .ignoringFields("id", "version", "target.keys", "createdAt", "updatedAt")
                .isEqualTo(forms.create("acme", minimal()));
        assertThat(replaced.id()).isEqualTo(old.id());
        assertThat(replaced.target().keys()).isEqualTo(old.target().keys());
    }

    @Test
    void keepsAMaskedSecretOfTheSameNameOnly() {
        Webhook old = forms.create("acme", new JsonObject(FULL));

        assertThat(forms.replace(old, headers("{'name':'x-token','value':'••••••'}"))
                        .target()
                        .headers())
                .containsExactly(new Header("x-token", "t0ken", true));
        assertThat(forms.replace(old, headers("{'name':'X-Token','secret':true}"))
                        .target()
                        .headers())
                .containsExactly(new Header("X-Token", "t0ken", true));
        assertThat(pointers(() -> forms.replace(old, headers("{'name':'X-Other','value':'••••••','secret':true}"))))
                .isEqualTo("/headers/0/value");
        assertThat(pointers(() -> forms.replace(old, headers("{'name':'X-Site','value':'••••••'}"))))
                .isEqualTo("/headers/0/value");
    }

    @Test
    void doesNotTurnAStoredSecretIntoAReadableHeader() {
        Webhook old = forms.create("acme", new JsonObject(FULL));

        assertThat(pointers(() -> forms.replace(old, headers("{'name':'X-Token','value':'••••••','secret':false}"))))
                .isEqualTo("/headers/0/value");
        assertThat(pointers(() -> forms.replace(old, headers("{'name':'X-Token','secret':false}"))))
                .isEqualTo("/headers/0/value");
    }

    @Test
    void keepsAMaskedPasswordOfTheSameUserOnly() {
        Webhook old = forms.create("acme", new JsonObject(FULL));

        assertThat(forms.patch(old, json("{'name':'x'}")).target().auth())
                .isEqualTo(old.target().auth());
        assertThat(forms.patch(old, json("{'auth':{'password':'new'}}"))
                        .target()
                        .auth())
                .isEqualTo(new Auth.Basic("u", "new"));
        assertThat(forms.patch(old, json("{'auth':null}")).target().auth()).isNull();
        assertThat(pointers(() -> forms.patch(old, json("{'auth':{'username':'v'}}"))))
                .isEqualTo("/auth/password");
    }

    @Test
    void patchesOnlyWhatThePatchNames() {
        Webhook old = forms.create("acme", new JsonObject(FULL));
        Webhook patched = forms.patch(
                old, json("{'name':null,'source':null,'retry':{'jitter':0},'eventTypes':['a'],'enabled':false}"));

        assertThat(patched.name()).isEqualTo("ci.example");
        assertThat(patched.subscription().source()).isNull();
        assertThat(patched.pacing().retry())
                .isEqualTo(new Pacing.Retry(List.of(Duration.ofSeconds(5), Duration.ofMinutes(5)), 0));
        assertThat(patched.subscription().eventTypes()).containsExactly("a");
        assertThat(patched.enabled()).isFalse();
        assertThat(patched.target().headers()).isEqualTo(old.target().headers());
        assertThat(patched.target().timeout()).isEqualTo(old.target().timeout());
        assertThat(pointers(() -> forms.patch(old, json("{'url':null,'x':1}")))).isEqualTo("/x /url");
    }

    @Test
    void refusesToOverwriteAnotherVersion() {
        Webhook old = forms.create("acme", minimal());

        assertThat(forms.replace(old, minimal().put("version", 1)).version()).isEqualTo(2);
        assertThatThrownBy(() -> forms.replace(old, minimal().put("version", 2)))
                .isInstanceOfSatisfying(ProblemException.class, thrown -> {
                    assertThat(thrown.problem().status()).isEqualTo(409);
                    assertThat(thrown.problem().type()).isEqualTo("conflict");
                });
    }

    @Test
    void refusesAnotherIdAndALaterSecret() {
        Webhook old = forms.create("acme", minimal());
        JsonObject body = minimal()
                .put("id", "wh_other")
                .put("tenant", "other")
                .put("signing", new JsonObject().put("secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));

        assertThat(pointers(() -> forms.replace(old, body))).isEqualTo("/tenant /id /signing/secret");
    }

    @Test
    void keepsTheReasonUntilAPersonEnablesAgain() {
        Webhook disabled = forms.disable(forms.create("acme", minimal()), "answered 410 Gone");

        assertThat(disabled.enabled()).isFalse();
        assertThat(forms.view(disabled).getString("disabledReason")).isEqualTo("answered 410 Gone");
        assertThat(forms.patch(disabled, json("{'name':'x'}")).activity().disabledReason())
                .isEqualTo("answered 410 Gone");

        Webhook enabled = forms.patch(disabled, json("{'enabled':true}"));
        assertThat(enabled.activity().disabledReason()).isNull();
        assertThat(forms.patch(enabled, json("{'enabled':false}")).activity().disabledReason())
                .isNull();
    }

    @Test
    void pausesAndResumesWithoutAnyOtherChange() {
        Webhook old = forms.create("acme", new JsonObject(FULL));
        Webhook paused = forms.pause(old, true);

        assertThat(paused.enabled()).isTrue();
        assertThat(paused.sends()).isFalse();
        assertThat(forms.pause(paused, false))
                .usingRecursiveComparison()
                .ignoringFields("version", "updatedAt")
                .isEqualTo(old);
    }
}
