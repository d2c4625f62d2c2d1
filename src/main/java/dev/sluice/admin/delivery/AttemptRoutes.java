package dev.sluice.admin.delivery;

import dev.sluice.access.Role;
import dev.sluice.admin.web.Call;
import dev.sluice.admin.web.Cursor;
import dev.sluice.admin.web.Mount;
import dev.sluice.admin.web.Reply;
import dev.sluice.admin.web.Routes;
import dev.sluice.admin.web.WebhookProblem;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.history.Attempt;
import dev.sluice.delivery.history.AttemptLog;
import dev.sluice.subscription.Registry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** {@code /v1/webhooks/{id}/attempts}. Needs the role read. */
final class AttemptRoutes implements Routes {
    private final Registry registry;
    private final AttemptLog log;

    AttemptRoutes(Registry registry, AttemptLog log) {
        this.registry = registry;
        this.log = log;
    }

    @Override
    public void on(Mount mount) {
        mount.get("/v1/webhooks/:id/attempts", Role.READ, this::list);
    }

    private Future<Reply> list(Call call) {
        String webhookId = call.path("id");
        Predicate<Attempt> filter = filter(call);
        String cursor = call.query("cursor").orElse(null);
        int limit = call.limit();
        return exists(call.tenant(), webhookId).compose(exists -> {
            if (!exists) {
                throw WebhookProblem.unknown(call);
            }
            return log.list(webhookId, filter, cursor, limit)
                    .recover(Cursor::refused)
                    .map(page -> Reply.ok(new JsonObject()
                            .put(
                                    "attempts",
                                    new JsonArray(page.attempts().stream()
                                            .map(AttemptViews::view)
                                            .toList()))
                            .put("cursor", page.cursor())));
        });
    }

    /** The history of a deleted webhook is kept for a while. */
    private Future<Boolean> exists(String tenant, String webhookId) {
        return registry.find(tenant, webhookId)
                .compose(found -> found.isPresent()
                        ? Future.succeededFuture(true)
                        : log.standings(List.of(webhookId))
                                .map(standings -> standings
                                        .get(0)
                                        .filter(standing -> standing.tenant().equals(tenant))
                                        .isPresent()));
    }

    private static Predicate<Attempt> filter(Call call) {
        Predicate<Attempt> filter =
                call.query("status").map(AttemptStatus::parse).orElse(attempt -> true);
        Instant since = call.instant("since");
        Instant until = call.instant("until");
        String event = call.query("event").orElse(null);
        return filter.and(attempt -> (since == null || !attempt.at().isBefore(since))
                && (until == null || attempt.at().isBefore(until))
                && (event == null || event.equals(Delivery.eventOf(attempt.deliveryId()))));
    }
}
