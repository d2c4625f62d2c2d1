package dev.sluice.admin.web;

import dev.sluice.access.Caller;
import dev.sluice.subscription.Registry;
import dev.sluice.subscription.Webhook;
import io.vertx.core.Future;
import java.util.Optional;

/** The webhooks of a tenant as far as a caller may see them. To him there are no others. Any thread. */
public final class SeenWebhooks {
    private final Registry registry;

    public SeenWebhooks(Registry registry) {
        this.registry = registry;
    }

    /** The one of the path; fails with 404. */
    public Future<Webhook> require(Call call) {
        return find(call, call.tenant(), call.path("id"))
                .map(found -> found.orElseThrow(() -> WebhookProblem.unknown(call)));
    }

    public Future<Optional<Webhook>> find(Call call, String tenant, String id) {
        return registry.find(tenant, id)
                .map(found -> found.filter(webhook -> call.sight().of(webhook)));
    }

    /** Without waiting; what would have to be read first is not seen yet. */
    public boolean sees(Caller caller, String tenant, String id) {
        Sight sight = new Sight(caller.types());
        Future<Optional<Webhook>> found = registry.find(tenant, id);
        return sight.isWhole()
                || (found.succeeded() && found.result().filter(sight::of).isPresent());
    }
}
