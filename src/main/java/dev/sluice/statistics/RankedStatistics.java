package dev.sluice.statistics;

import dev.sluice.delivery.LaneKey;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What is added is told to those who compare webhooks, too, whether it is written or not. Any thread. */
public final class RankedStatistics implements Statistics {
    private final Statistics statistics;
    private final TopWebhooks top;

    public RankedStatistics(Statistics statistics, TopWebhooks top) {
        this.statistics = statistics;
        this.top = top;
    }

    @Override
    public Future<Void> add(Instant at, Map<LaneKey, Sums> ofWebhooks, Map<String, Sums> ofTenants) {
        ofWebhooks.forEach((lane, sums) -> top.counted(lane.webhookId(), sums));
        return statistics.add(at, ofWebhooks, ofTenants);
    }

    @Override
    public Future<Series> ofWebhook(String webhookId, Period period, Instant now) {
        return statistics.ofWebhook(webhookId, period, now);
    }

    @Override
    public Future<List<Series>> ofWebhooks(List<String> webhookIds, Instant now) {
        return statistics.ofWebhooks(webhookIds, now);
    }

    @Override
    public Future<Series> ofTenant(String tenant, Period period, Instant now) {
        return statistics.ofTenant(tenant, period, now);
    }
}
