package dev.sluice.subscription.form;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import dev.sluice.secrets.Entropy;
import dev.sluice.subscription.Forms;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;

/** Webhooks as users write them, and what is said about those that are wrong. */
final class WebhookBodies {
    static final Instant NOW = Instant.parse("2026-11-21T10:00:00.123456Z");

    static final String FULL = """
            {"name":"Deploy site","url":"https://ci.example/hook?a=b","enabled":true,"source":"cms",
             "eventTypes":["entry.*","media.create"],
             "headers":[{"name":"X-Token","value":"t0ken","secret":true},{"name":"X-Site","value":"12"}],
             "auth":{"type":"basic","username":"u","password":"p4ss"},
             "body":"cloudevents-binary","signing":{"algorithm":"hmac-sha256"},"timeoutMs":5000,"maxInFlight":4,
             "retry":{"delaysMs":[5000,300000],"jitter":0.2}}""";

    private static final WebhookForms FORMS =
            new WebhookForms(WebhookRules.DEFAULT, Entropy.SYSTEM, InstantSource.fixed(NOW));

    private WebhookBodies() {}

    static JsonObject minimal() {
        return new JsonObject().put("url", "https://a.example/hook");
    }

    static JsonObject headers(String header) {
        return minimal().put("headers", new JsonArray().add(json(header)));
    }

    static JsonObject json(String text) {
        return Forms.json(text);
    }

    static Problem refusal(JsonObject body) {
        return catchThrowableOfType(ProblemException.class, () -> FORMS.create("acme", body))
                .problem();
    }

    /** Of what is refused, space separated; empty if nothing is. */
    static String pointers(JsonObject body) {
        return pointers(() -> FORMS.create("acme", body));
    }

    static String pointers(Runnable request) {
        return Forms.pointers(request);
    }
}
