package dev.sluice.admin.delivery;

import dev.sluice.access.Role;
import dev.sluice.admin.web.Call;
import dev.sluice.admin.web.Mount;
import dev.sluice.admin.web.Reply;
import dev.sluice.admin.web.Routes;
import dev.sluice.delivery.history.AttemptLog;
import dev.sluice.http.Problem;
import dev.sluice.statistics.Period;
import dev.sluice.statistics.Statistics;
import dev.sluice.subscription.Registry;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** {@code /v1/statistics}, and those of a webhook. Needs the role read. */
public final class StatisticsRoutes implements Routes {
    private static final int MAX_ID = 200;

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
        mount.get("/v1/statistics/webhooks", Role.READ, this::ofWebhooks, "tenant", "ids");
        mount.get("/v1/statistics", Role.READ, this::ofTenant, "tenant", "period");
    }

    private Future<Reply> ofWebhook(Call call) {
        String webhookId = call.path("id");
        Period period = period(call);
        return webhooks.require(call, call.tenant(), webhookId)
                .compose(known -> statistics.ofWebhook(webhookId, period, clock.instant()))
                .map(series -> Reply.ok(StatisticsViews.ofWebhook(series)));
    }

    /** Those that the tenant has, and the caller may see: a list may be older than what is in it. */
    private Future<Reply> ofWebhooks(Call call) {
        List<String> asked = ids(call);
        Instant now = clock.instant();
        List<Future<Boolean>> known = asked.stream()
                .map(id -> webhooks.isThere(call, call.tenant(), id))
                .toList();
        return Future.all(known)
                .map(done -> IntStream.range(0, asked.size())
                        .filter(i -> known.get(i).result())
                        .mapToObj(asked::get)
                        .toList())
                .compose(ids -> statistics
                        .ofWebhooks(ids, now)
                        .map(all -> Reply.ok(StatisticsViews.ofWebhooks(ids, all, now))));
    }

    private static List<String> ids(Call call) {
        String said = call.query("ids")
                .orElseThrow(() -> Call.badQuery("ids: missing (expected: ids of webhooks, with commas between)"));
        List<String> ids = Stream.of(said.split(",", -1)).distinct().toList();
        if (ids.size() > Statistics.MOST_AT_ONCE) {
            throw Call.badQuery("ids: %d (expected: at most %d)".formatted(ids.size(), Statistics.MOST_AT_ONCE));
        }
        ids.stream()
                .filter(id -> id.isEmpty() || id.length() > MAX_ID)
                .findFirst()
                .ifPresent(id -> {
                    throw Call.badQuery("ids: one of %d characters (expected: 1 to %d)".formatted(id.length(), MAX_ID));
                });
        return ids;
    }

    /** They do not tell types apart. */
    private Future<Reply> ofTenant(Call call) {
        if (!call.sight().isWhole()) {
            String detail =
                    "What is counted for a tenant is of all its events, and this visit is about some types of them.";
            throw Problem.of(403, "not-in-portal", "Not allowed", detail).asException();
        }
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
