package dev.sluice.subscription;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.http.Problem.FieldError;
import dev.sluice.http.ProblemException;
import dev.sluice.secrets.Entropy;
import dev.sluice.subscription.form.WebhookForms;
import dev.sluice.subscription.form.WebhookRules;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** What is said about one member of a webhook, through the forms that users fill in. */
public final class Forms {
    public static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final WebhookForms forms = new WebhookForms(WebhookRules.DEFAULT, Entropy.SYSTEM, () -> NOW);
    private final String member;

    public Forms(String member) {
        this.member = member;
    }

    public static JsonObject json(String text) {
        return new JsonObject(text.replace('\'', '"'));
    }

    public WebhookForms all() {
        return forms;
    }

    public Webhook create(JsonObject value) {
        return forms.create(
                "acme", new JsonObject().put("url", "https://a.example/hook").put(member, value));
    }

    public Webhook create(String value) {
        return create(json(value));
    }

    public Webhook patch(Webhook old, JsonObject value) {
        return forms.patch(old, new JsonObject().put(member, value));
    }

    public Webhook patch(Webhook old, String value) {
        return patch(old, json(value));
    }

    /** The member as users see it. */
    public JsonObject view(Webhook webhook) {
        return forms.view(webhook).getJsonObject(member);
    }

    /** {@code pointer: detail} of each problem. */
    public static List<String> problems(Runnable request) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, request::run);
        return refused == null
                ? List.of()
                : refused.problem().errors().stream()
                        .map(error -> error.pointer() + ": " + error.detail())
                        .toList();
    }

    /** Of what is refused, space separated; empty if nothing is. */
    public static String pointers(Runnable request) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, request::run);
        return refused == null
                ? ""
                : refused.problem().errors().stream().map(FieldError::pointer).collect(Collectors.joining(" "));
    }
}
