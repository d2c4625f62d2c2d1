package dev.sluice.admin.web;

import dev.sluice.http.Problem;
import dev.sluice.subscription.Patterns;
import dev.sluice.subscription.Webhook;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may see of a tenant, and ask for: everything, or what has to do with events of some types alone. Then a webhook
 * is seen that wants none of another type, and of an event and what became of it those of such a type.
 *
 * @param types patterns; empty: everything
 */
public record Sight(List<String> types) {
    private static final String MEMBER = "eventTypes";

    public Sight {
        types = List.copyOf(types);
    }

    public boolean isWhole() {
        return types.isEmpty();
    }

    /** @param type null where nobody knows it any more */
    public boolean ofType(@Nullable String type) {
        return isWhole() || (type != null && types.stream().anyMatch(pattern -> Patterns.matches(pattern, type)));
    }

    public boolean of(Webhook webhook) {
        return isWhole() || webhook.subscription().eventTypes().stream().allMatch(this::includes);
    }

    private boolean includes(String pattern) {
        return types.stream().anyMatch(type -> Patterns.isWithin(pattern, type));
    }

    /** Settings of a webhook, where all that may be chosen stands for all. */
    public JsonObject settings(JsonObject said) {
        return isWhole() || said.getValue(MEMBER) != null ? said : said.copy().put(MEMBER, new JsonArray(types));
    }

    /** A merge patch of settings. */
    public JsonObject patch(JsonObject said) {
        return said.containsKey(MEMBER) ? settings(said) : said;
    }

    /** @throws dev.sluice.http.ProblemException 400 with a pointer to each pattern that goes too far */
    public Webhook require(Webhook webhook) {
        if (of(webhook)) {
            return webhook;
        }
        List<String> wanted = webhook.subscription().eventTypes();
        List<Problem.FieldError> errors = wanted.stream()
                .filter(pattern -> !includes(pattern))
                .map(pattern -> new Problem.FieldError(
                        "/" + MEMBER + "/" + wanted.indexOf(pattern),
                        "%s (expected: within %s)".formatted(pattern, String.join(", ", types))))
                .toList();
        Problem.FieldError first = errors.get(0);
        throw Problem.of(
                        400,
                        "invalid-webhook",
                        "The webhook is not valid",
                        "%s: %s".formatted(first.pointer(), first.detail()))
                .withErrors(errors)
                .asException();
    }

    /** Refuses a type that a form says and that is not seen. */
    public void check(Form form, String member, String type) {
        if (!ofType(type)) {
            form.refuse(member, "%s (expected: within %s)".formatted(Form.shown(type), String.join(", ", types)));
        }
    }

    /** Refuses what a form says of types that go too far. */
    public void check(Form form, String member, List<String> patterns) {
        for (int i = 0; i < patterns.size() && !isWhole(); i++) {
            if (!includes(patterns.get(i))) {
                form.refuse(
                        member + "/" + i,
                        "%s (expected: within %s)".formatted(Form.shown(patterns.get(i)), String.join(", ", types)));
            }
        }
    }
}
