package dev.sluice.subscription.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.http.ProblemException;
import dev.sluice.secrets.Entropy;
import dev.sluice.secrets.SecretBox;
import dev.sluice.subscription.Shape;
import dev.sluice.subscription.Shape.BodyMode;
import dev.sluice.subscription.Webhook;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ShapeFormTest {
    private static final String UPPER = "{\"text\": $uppercase(data.title)}";

    private final WebhookForms forms = new WebhookForms(WebhookRules.DEFAULT, Entropy.SYSTEM, () -> Instant.EPOCH);

    @Test
    void keepsATransformationAsItWasWritten() {
        Webhook webhook = forms.create("acme", with("transform", "  " + UPPER + "\n"));
        assertThat(webhook.shape()).isEqualTo(new Shape(null, "  " + UPPER + "\n"));
        assertThat(forms.view(webhook).getString("transform")).isEqualTo("  " + UPPER + "\n");
        assertThat(forms.view(webhook).containsKey("body")).isFalse();
    }

    @Test
    void refusesATransformationBesideABodyMode() {
        JsonObject both = with("transform", UPPER).put("body", "payload");
        assertThat(refusal(() -> forms.create("acme", both)))
                .isEqualTo("/transform: given beside body payload (expected: one of them; null resets the other)");
        assertThatIllegalArgumentException().isThrownBy(() -> new Shape(BodyMode.PAYLOAD, UPPER));
    }

    @Test
    void changesFromOneToTheOther() {
        Webhook webhook = forms.create("acme", with("transform", UPPER));
        JsonObject patch = new JsonObject().put("body", "payload");
        assertThat(refusal(() -> forms.patch(webhook, patch))).startsWith("/transform: given beside body");
        assertThat(forms.patch(webhook, patch.putNull("transform")).shape())
                .isEqualTo(new Shape(BodyMode.PAYLOAD, null));
    }

    @Test
    void saysWhereATransformationIsWrong() {
        assertThat(refusal(() -> forms.create("acme", with("transform", "{\"a\": data..title ! x}"))))
                .startsWith("/transform: not JSONata: at character ");
        assertThat(refusal(() -> forms.create(
                        "acme",
                        new JsonObject().put("url", "https://a.example/").put("transform", 1))))
                .isEqualTo("/transform: not a string");
    }

    @Test
    void refusesATransformationOfMoreThan16KiB() {
        String longest = "'" + "x".repeat(16 * 1024 - 2) + "'";
        assertThat(forms.create("acme", with("transform", longest)).shape().transform())
                .hasSize(16 * 1024);
        assertThat(refusal(() -> forms.create("acme", with("transform", longest + " "))))
                .isEqualTo("/transform: 16385 characters (expected: at most 16384)");
    }

    /** A library that reads less than the one before must not keep a pod from starting. */
    @Test
    void readsWhatIsStoredWithoutParsingIt() {
        WebhookCodec codec = new WebhookCodec(SecretBox.fromKey(SecretBox.newKey(Entropy.SYSTEM)));
        Webhook webhook = forms.create("acme", with("transform", UPPER));
        String stored = new JsonObject(codec.encode(webhook))
                .put("transform", "no ! longer")
                .encode();
        assertThat(codec.decode("acme", codec.encode(webhook))).isEqualTo(webhook);
        assertThat(codec.decode("acme", stored).shape().transform()).isEqualTo("no ! longer");
    }

    private static JsonObject with(String member, String value) {
        return new JsonObject().put("url", "https://a.example/").put(member, value);
    }

    private static String refusal(Runnable request) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, request::run);
        return refused.problem().errors().stream()
                .map(error -> error.pointer() + ": " + error.detail())
                .findFirst()
                .orElseThrow();
    }
}
