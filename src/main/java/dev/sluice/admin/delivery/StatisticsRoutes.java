package dev.sluice.admin.delivery;

import dev.sluice.access.Role;
import dev.sluice.admin.web.Call;
import dev.sluice.admin.web.Mount;
import dev.sluice.admin.web.Reply;
import dev.sluice.admin.web.Routes;
import dev.sluice.delivery.history.AttemptLog;
import dev.sluice.statistics.Period;
import dev.sluice.statistics.Statistics;
import dev.sluice.subscription.Registry;
import io.vertx.core.Future;
import java.time.InstantSource;

/** {@code /v1/statistics}, and those of a webhook. Needs the role read. */
public final class StatisticsRoutes implements Routes {
    private final KnownWebhooks webhooks;
    private final Statistics statistics;
    private final InstantSource clock;

    public StatisticsRoutes(Registry registry, AttemptLog log, Statistics statistics, InstantSource clock) {
        this.webhooks = new KnownWebhooks(registry, log);
        this.statistics = statistics;
        this.clock = clock;
    }

    @Override
    public void on(Mount mount) {
        mount.get("/v1/webhooks/:id/statistics", Role.READ, this::ofWebhook, "tenant", "period");
        mount.get("/v1/statistics", Role.READ, this::ofTenant, "tenant", "period");
    }

    private Future<Reply> ofWebhook(Call call) {
        String webhookId = call.path("id");
        Period period = period(call);
        return webhooks.require(call.tenant(), webhookId)
                .compose(known -> statistics.ofWebhook(webhookId, period, clock.instant()))
                .map(series -> Reply.ok(StatisticsViews.ofWebhook(series)));
    }

    private Future<Reply> ofTenant(Call call) {
        return statistics
                .ofTenant(call.tenant(), period(call), clock.instant())
                .map(series -> Reply.ok(StatisticsViews.ofTenant(series)));
    }

    private static Period period(Call call) {
        String said = call.query("period").orElse(Period.HOUR.text());
        return Period.of(said)
                .orElseThrow(() -> Call.badQuery("period: %s (expected: hour, day or month)".formatted(said)));
    }
}
