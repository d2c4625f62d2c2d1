package dev.sluice.admin.web;

import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;

/** Why a webhook that is named in a path cannot be worked on. */
public final class WebhookProblem {
    private WebhookProblem() {}

    public static ProblemException unknown(Call call) {
        return Problem.of(
                        404,
                        "no-such-webhook",
                        "No such webhook",
                        "The tenant '%s' has no webhook '%s'.".formatted(call.tenant(), call.path("id")))
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
}
