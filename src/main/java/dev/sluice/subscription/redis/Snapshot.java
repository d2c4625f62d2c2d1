package dev.sluice.subscription.redis;

import dev.sluice.subscription.Webhook;
import dev.sluice.subscription.WebhookChanged;
import dev.sluice.subscription.index.WebhookIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A tenant's webhooks as of a version. Immutable.
 *
 * @param version of the tenant in Redis; every change up to it is in the index, and maybe later ones
 */
record Snapshot(WebhookIndex index, String version) {
    /** Of a tenant that has no version: nothing was ever written, or all is lost. */
    static final String NO_VERSION = "0";

    /** What became of a snapshot, and what that changes for others. */
    record Update(Snapshot snapshot, List<WebhookChanged> changes) {}

    /** @param webhooks by id what they are now; empty if deleted */
    Update with(String tenant, String newVersion, Map<String, Optional<Webhook>> webhooks) {
        WebhookIndex changed = index;
        List<WebhookChanged> changes = new ArrayList<>();
        for (Map.Entry<String, Optional<Webhook>> entry : webhooks.entrySet()) {
            String id = entry.getKey();
            Optional<Webhook> webhook = entry.getValue();
            Optional<Webhook> former = changed.find(id);
            if (!webhook.equals(former)) {
                changed = webhook.isPresent() ? changed.with(webhook.get()) : changed.without(id);
                changes.add(webhook.map(latest -> WebhookChanged.from(former, latest))
                        .orElseGet(() -> new WebhookChanged(tenant, id, null)));
            }
        }
        return new Update(new Snapshot(changed, newVersion), changes);
    }

    /** With all of the other's webhooks in place of these. */
    Update replacedBy(String tenant, Snapshot other) {
        List<WebhookChanged> changes = new ArrayList<>();
        for (Webhook webhook : index.all()) {
            if (other.index.find(webhook.id()).isEmpty()) {
                changes.add(new WebhookChanged(tenant, webhook.id(), null));
            }
        }
        for (Webhook webhook : other.index.all()) {
            Optional<Webhook> former = index.find(webhook.id());
            if (!former.equals(Optional.of(webhook))) {
                changes.add(WebhookChanged.from(former, webhook));
            }
        }
        return new Update(other, changes);
    }
}
