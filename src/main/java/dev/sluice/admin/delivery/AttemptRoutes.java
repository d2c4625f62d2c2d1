package dev.sluice.admin.delivery;

import dev.sluice.access.Role;
import dev.sluice.admin.web.Call;
import dev.sluice.admin.web.Cursor;
import dev.sluice.admin.web.Mount;
import dev.sluice.admin.web.Reply;
import dev.sluice.admin.web.Routes;
import dev.sluice.admin.web.Sight;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.history.AttemptLog;
import dev.sluice.delivery.history.AttemptRecord;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.function.Predicate;

/** {@code /v1/webhooks/{id}/attempts}. Needs the role read. */
final class AttemptRoutes implements Routes {
    private final KnownWebhooks webhooks;
    private final AttemptLog log;

    AttemptRoutes(KnownWebhooks webhooks, AttemptLog log) {
        this.webhooks = webhooks;
        this.log = log;
    }

    @Override
    public void on(Mount mount) {
        mount.get(
                "/v1/webhooks/:id/attempts",
                Role.READ,
                this::list,
                "tenant",
                "status",
                "event",
                "since",
                "until",
                "limit",
                "cursor");
    }

    private Future<Reply> list(Call call) {
        String webhookId = call.path("id");
        Predicate<AttemptRecord> filter = filter(call);
        String cursor = call.query("cursor").orElse(null);
        int limit = call.limit();
        return webhooks.require(call, call.tenant(), webhookId)
                .compose(known -> log.list(webhookId, filter, cursor, limit))
                .recover(Cursor::refused)
                .map(AttemptRoutes::reply);
    }

    private static Reply reply(AttemptLog.Page page) {
        JsonArray views =
                new JsonArray(page.attempts().stream().map(AttemptViews::view).toList());
        return Reply.ok(new JsonObject().put("attempts", views).put("cursor", page.cursor()));
    }

    private static Predicate<AttemptRecord> filter(Call call) {
        Predicate<AttemptRecord> filter =
                call.query("status").map(AttemptStatus::parse).orElse(attempt -> true);
        Instant since = call.instant("since");
        Instant until = call.instant("until");
        String event = call.query("event").orElse(null);
        Sight sight = call.sight();
        return filter.and(attempt -> sight.ofType(attempt.type())
                && (since == null || !attempt.at().isBefore(since))
                && (until == null || attempt.at().isBefore(until))
                && (event == null || event.equals(Delivery.eventOf(attempt.deliveryId()))));
    }
}
