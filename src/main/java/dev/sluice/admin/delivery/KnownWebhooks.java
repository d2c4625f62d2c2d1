package dev.sluice.admin.delivery;

import dev.sluice.admin.web.Call;
import dev.sluice.admin.web.SeenWebhooks;
import dev.sluice.admin.web.WebhookProblem;
import dev.sluice.delivery.history.AttemptLog;
import dev.sluice.subscription.Registry;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Which webhooks there are, or were: the history of a deleted one is kept for a while. */
final class KnownWebhooks {
    private final SeenWebhooks webhooks;
    private final AttemptLog log;

    KnownWebhooks(Registry registry, AttemptLog log) {
        this.webhooks = new SeenWebhooks(registry);
        this.log = log;
    }

    /**
     * Fails with a 404 for a webhook that the tenant neither has nor had. What one wanted that is deleted nobody knows any
     * more, so only who may see all may see what became of it.
     */
    Future<Void> require(Call call, String tenant, String webhookId) {
        return webhooks.find(call, tenant, webhookId)
                .compose(found -> found.isPresent() || !call.sight().isWhole()
                        ? Future.succeededFuture(found.isPresent())
                        : hasHistory(tenant, webhookId))
                .map(known -> {
                    if (!known) {
                        throw WebhookProblem.unknown(tenant, webhookId);
                    }
                    return null;
                });
    }

    Future<Boolean> isThere(Call call, String tenant, String webhookId) {
        return webhooks.find(call, tenant, webhookId).map(Optional::isPresent);
    }

    /** Whether the caller may see what became of events for it. */
    Future<Boolean> isSeen(Call call, String tenant, String webhookId) {
        return call.sight().isWhole() ? Future.succeededFuture(true) : isThere(call, tenant, webhookId);
    }

    private Future<Boolean> hasHistory(String tenant, String webhookId) {
        return log.standings(List.of(webhookId))
                .map(standings -> standings
                        .get(0)
                        .filter(standing -> standing.tenant().equals(tenant))
                        .isPresent());
    }
}
