package dev.sluice.admin.delivery;

import dev.sluice.admin.web.Mount;
import dev.sluice.admin.web.Routes;
import dev.sluice.delivery.DeadLetters;
import dev.sluice.delivery.history.AttemptLog;
import dev.sluice.delivery.history.Deliveries;
import dev.sluice.journal.Events;
import dev.sluice.subscription.Registry;

/** What happened: attempts, deliveries and events, as one resource each. */
public final class HistoryRoutes implements Routes {
    private final Routes attempts;
    private final Routes deliveries;
    private final Routes events;

    public HistoryRoutes(Registry registry, AttemptLog log, Deliveries deliveries, DeadLetters letters, Events events) {
        KnownWebhooks webhooks = new KnownWebhooks(registry, log);
        EventDeliveries ofEvents = new EventDeliveries(registry, deliveries);
        DeliveryRetry retry = new DeliveryRetry(registry, deliveries, letters, events, ofEvents);
        this.attempts = new AttemptRoutes(webhooks, log);
        this.deliveries = new DeliveryRoutes(deliveries, log, events, ofEvents, retry, webhooks);
        this.events = new EventRoutes(events, ofEvents);
    }

    @Override
    public void on(Mount mount) {
        attempts.on(mount);
        deliveries.on(mount);
        events.on(mount);
    }
}
