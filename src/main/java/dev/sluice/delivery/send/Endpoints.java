package dev.sluice.delivery.send;

import dev.sluice.delivery.send.http.Endpoint;
import dev.sluice.subscription.Webhook;
import java.util.LinkedHashMap;
import java.util.Map;

/** The endpoints used last. Confined to one event loop. */
final class Endpoints {
    private final int most;
    private final Map<String, Endpoint> byWebhook;

    Endpoints(int most) {
        this.most = most;
        this.byWebhook = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Endpoint> eldest) {
                return size() > Endpoints.this.most;
            }
        };
    }

    Endpoint of(Webhook webhook) {
        Endpoint known = byWebhook.get(webhook.id());
        if (known != null && known.isOf(webhook)) {
            return known;
        }
        Endpoint prepared = new Endpoint(webhook);
        byWebhook.put(webhook.id(), prepared);
        return prepared;
    }
}
