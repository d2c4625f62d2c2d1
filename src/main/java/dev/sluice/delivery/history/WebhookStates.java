package dev.sluice.delivery.history;

import io.vertx.core.Future;
import java.util.List;

/** How webhooks do. Any thread. */
@FunctionalInterface
public interface WebhookStates {
    /** In the order of the ids; all is asked for at once, so that many cost no more round trips than one. */
    Future<List<WebhookState>> of(List<String> webhookIds);
}
