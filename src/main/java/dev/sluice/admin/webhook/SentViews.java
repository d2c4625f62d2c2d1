package dev.sluice.admin.webhook;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.send.TestSender;
import dev.sluice.subscription.Webhook;
import dev.sluice.subscription.form.Mask;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Requests as users see them: what is secret is masked. */
final class SentViews {
    private SentViews() {}

    /** @param masked more headers that nobody may see */
    static JsonObject request(Webhook webhook, TestSender.Sent sent, Set<String> masked) {
        Set<String> secrets = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        secrets.add("authorization");
        webhook.target().headers().stream()
                .filter(header -> header.secret())
                .forEach(header -> secrets.add(header.name()));
        secrets.addAll(masked);
        JsonArray headers = new JsonArray();
        for (Map.Entry<String, String> header : sent.headers()) {
            boolean isSecret = secrets.contains(header.getKey());
            headers.add(new JsonObject()
                    .put("name", header.getKey())
                    .put("value", isSecret ? Mask.TEXT : header.getValue()));
        }
        return new JsonObject()
                .put("url", webhook.target().url().toString())
                .put("headers", headers)
                .put("body", sent.body());
    }

    static JsonObject failure(Answer.Failure failure) {
        return new JsonObject()
                .put("kind", failure.kind().name().toLowerCase(Locale.ROOT))
                .put("detail", failure.detail());
    }
}
