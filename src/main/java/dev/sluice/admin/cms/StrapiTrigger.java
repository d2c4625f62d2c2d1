package dev.sluice.admin.cms;

import dev.sluice.delivery.policy.Answer;
import io.vertx.core.json.JsonObject;

/** What became of a test, in Strapi's words: 500 stands for an endpoint that did not answer as well. */
public final class StrapiTrigger {
    private StrapiTrigger() {}

    public static JsonObject view(Answer answer) {
        return answer instanceof Answer.Status status ? answered(status) : failed((Answer.Failure) answer);
    }

    /** Strapi follows a redirect, and Sluice does not: to a delivery it is a failure, so to a test too. */
    private static JsonObject answered(Answer.Status status) {
        JsonObject view = new JsonObject().put("statusCode", status.code());
        if (status.code() / 100 == 2) {
            return view;
        }
        return view.put(
                "message",
                status.location() == null
                        ? status.excerpt()
                        : "redirects to %s, which is not followed".formatted(status.location()));
    }

    private static JsonObject failed(Answer.Failure failure) {
        return new JsonObject().put("statusCode", 500).put("message", failure.detail());
    }
}
