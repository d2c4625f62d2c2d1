package dev.sluice.admin.delivery;

import dev.sluice.admin.web.WebhookProblem;
import dev.sluice.delivery.history.AttemptLog;
import dev.sluice.subscription.Registry;
import io.vertx.core.Future;
import java.util.List;

/** Which webhooks there are, or were: the history of a deleted one is kept for a while. */
final class KnownWebhooks {
    private final Registry registry;
    private final AttemptLog log;

    KnownWebhooks(Registry registry, AttemptLog log) {
        this.registry = registry;
        this.log = log;
    }

    /** Fails with a 404 for a webhook that the tenant neither has nor had. */
    Future<Void> require(String tenant, String webhookId) {
        return registry.find(tenant, webhookId)
                .compose(found -> found.isPresent() ? Future.succeededFuture(true) : hasHistory(tenant, webhookId))
                .map(known -> {
                    if (!known) {
                        throw WebhookProblem.unknown(tenant, webhookId);
                    }
                    return null;
                });
    }

    private Future<Boolean> hasHistory(String tenant, String webhookId) {
        return log.standings(List.of(webhookId))
                .map(standings -> standings
                        .get(0)
                        .filter(standing -> standing.tenant().equals(tenant))
                        .isPresent());
    }
}
