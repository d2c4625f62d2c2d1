package dev.sluice.statistics;

import dev.sluice.delivery.LaneKey;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Map;

/** Sums over time, over all pods. Futures fail while Redis is away; what was to be added then is lost. Any thread. */
public interface Statistics {
    /**
     * Adds to those of a minute.
     *
     * @param ofWebhooks count for their tenants, too
     * @param ofTenants  what is of no webhook
     */
    Future<Void> add(Instant at, Map<LaneKey, Sums> ofWebhooks, Map<String, Sums> ofTenants);

    Future<Series> ofWebhook(String webhookId, Period period, Instant now);

    Future<Series> ofTenant(String tenant, Period period, Instant now);
}
