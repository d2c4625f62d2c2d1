package dev.sluice.admin.web;

import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import dev.sluice.subscription.Webhook;

/** Why a webhook that is named in a path cannot be worked on. */
public final class WebhookProblem {
    private WebhookProblem() {}

    public static ProblemException unknown(Call call) {
        return unknown(call.tenant(), call.path("id"));
    }

    public static ProblemException unknown(String tenant, String webhookId) {
        return Problem.of(
                        404,
                        "no-such-webhook",
                        "No such webhook",
                        "The tenant '%s' has no webhook '%s'.".formatted(tenant, webhookId))
                .asException();
    }

    public static ProblemException overtaken() {
        return Problem.of(
                        409,
                        "conflict",
                        "Changed meanwhile",
                        "Somebody else changed the webhook at the same time. Read it and try again.")
                .asException();
    }

    /** @throws ProblemException 409 for one whose stored form this pod cannot read */
    public static Webhook requireReadable(Webhook webhook) {
        Webhook.Unreadable unreadable = webhook.unreadable();
        if (unreadable == null) {
            return webhook;
        }
        throw Problem.of(
                        409,
                        "unreadable-webhook",
                        "The webhook cannot be read",
                        "%s. What is for it waits. Start Sluice with the key or the version that it was stored with, or delete it."
                                .formatted(unreadable.reason()))
                .asException();
    }
}
