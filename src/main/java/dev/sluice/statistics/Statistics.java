package dev.sluice.statistics;

import dev.sluice.delivery.LaneKey;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Sums over time, over all pods. Futures fail while Redis is away; what was to be added then is lost. Any thread. */
public interface Statistics {
    int MOST_AT_ONCE = 100;

    /**
     * Adds to those of a minute.
     *
     * @param ofWebhooks count for their tenants, too
     * @param ofTenants  what is of no webhook
     */
    Future<Void> add(Instant at, Map<LaneKey, Sums> ofWebhooks, Map<String, Sums> ofTenants);

    Future<Series> ofWebhook(String webhookId, Period period, Instant now);

    /** A {@link Period#GLANCE} of each, in the same order; at most {@link #MOST_AT_ONCE}. */
    Future<List<Series>> ofWebhooks(List<String> webhookIds, Instant now);

    Future<Series> ofTenant(String tenant, Period period, Instant now);
}
