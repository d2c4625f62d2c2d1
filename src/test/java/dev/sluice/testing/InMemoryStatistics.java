package dev.sluice.testing;

import dev.sluice.delivery.LaneKey;
import dev.sluice.statistics.Period;
import dev.sluice.statistics.Series;
import dev.sluice.statistics.Statistics;
import dev.sluice.statistics.Sums;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What was added, for as long as the test runs. Any thread. */
public final class InMemoryStatistics implements Statistics {
    private record Added(Instant at, String owner, Sums sums) {}

    private final List<Added> added = new ArrayList<>();

    @Override
    public synchronized Future<Void> add(Instant at, Map<LaneKey, Sums> ofWebhooks, Map<String, Sums> ofTenants) {
        ofWebhooks.forEach((lane, sums) -> {
            added.add(new Added(at, lane.webhookId(), sums));
            added.add(new Added(at, "t:" + lane.tenant(), sums));
        });
        ofTenants.forEach((tenant, sums) -> added.add(new Added(at, "t:" + tenant, sums)));
        return Future.succeededFuture();
    }

    @Override
    public Future<Series> ofWebhook(String webhookId, Period period, Instant now) {
        return of(webhookId, period, now);
    }

    @Override
    public Future<List<Series>> ofWebhooks(List<String> webhookIds, Instant now) {
        return Future.succeededFuture(webhookIds.stream()
                .map(id -> of(id, Period.GLANCE, now).result())
                .toList());
    }

    @Override
    public Future<Series> ofTenant(String tenant, Period period, Instant now) {
        return of("t:" + tenant, period, now);
    }

    private synchronized Future<Series> of(String owner, Period period, Instant now) {
        Instant since = period.since(now);
        List<Sums> steps = new ArrayList<>();
        for (int i = 0; i < period.steps(); i++) {
            Instant from = since.plus(period.step().multipliedBy(i));
            Instant until = from.plus(period.step());
            Sums step = new Sums();
            added.stream()
                    .filter(one -> one.owner().equals(owner)
                            && !one.at().isBefore(from)
                            && one.at().isBefore(until))
                    .forEach(one -> step.add(one.sums()));
            steps.add(step);
        }
        return Future.succeededFuture(new Series(period, since, steps));
    }
}
