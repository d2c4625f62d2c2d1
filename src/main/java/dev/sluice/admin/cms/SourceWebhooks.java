package dev.sluice.admin.cms;

import dev.sluice.subscription.Registry;
import dev.sluice.subscription.Webhook;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** The webhooks of one tenant that are bound to one source. Any thread. */
record SourceWebhooks(Registry registry, String tenant, String source) {
    private static final int PAGE = 500;

    /** All of them, ordered by id. */
    Future<List<Webhook>> all() {
        return after("", new ArrayList<>());
    }

    boolean holds(Webhook webhook) {
        return source.equals(webhook.subscription().source());
    }

    private Future<List<Webhook>> after(String id, List<Webhook> found) {
        return registry.list(tenant, id, PAGE).compose(page -> {
            page.stream().filter(this::holds).forEach(found::add);
            return page.size() < PAGE
                    ? Future.succeededFuture(found)
                    : after(page.get(page.size() - 1).id(), found);
        });
    }
}
