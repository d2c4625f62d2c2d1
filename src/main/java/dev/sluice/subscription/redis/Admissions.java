package dev.sluice.subscription.redis;

import dev.sluice.subscription.Webhook;
import dev.sluice.subscription.index.WebhookIndex;
import dev.sluice.subscription.index.Weight;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Lets no tenant have more webhooks than every pod can hold. What this pod is writing counts already; what another writes
 * within the same second may come on top. Confined to one context.
 */
final class Admissions {
    // confined state
    private final Map<String, Weight> writing = new HashMap<>();

    /**
     * @param known what the tenant has
     * @param write completes when that is known here
     */
    Future<Boolean> admit(Webhook webhook, WebhookIndex known, Supplier<Future<Boolean>> write) {
        String tenant = webhook.tenant();
        Weight more = known.added(webhook);
        known.weight().plus(writing.getOrDefault(tenant, Weight.NONE)).requireRoomFor(more, tenant);
        writing.merge(tenant, more, Weight::plus);
        return Future.succeededFuture().compose(admitted -> write.get()).onComplete(done -> over(tenant, more));
    }

    private void over(String tenant, Weight more) {
        writing.computeIfPresent(tenant, (name, all) -> {
            Weight rest = all.minus(more);
            return rest.equals(Weight.NONE) ? null : rest;
        });
    }
}
