package dev.sluice.admin.delivery;

import dev.sluice.admin.web.Sight;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.history.Deliveries;
import dev.sluice.delivery.history.DeliveryState;
import dev.sluice.delivery.history.KnownDelivery;
import dev.sluice.event.EventId;
import dev.sluice.journal.Events.Kept;
import dev.sluice.subscription.Registry;
import dev.sluice.subscription.Webhook;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries of one event. No index leads from an event to them, as it would cost each delivery a write: the id of a
 * delivery follows from those of the event and the webhook, so the webhooks of the tenant are asked, some at a time.
 */
final class EventDeliveries {
    private final Registry registry;
    private final Deliveries deliveries;

    EventDeliveries(Registry registry, Deliveries deliveries) {
        this.registry = registry;
        this.deliveries = deliveries;
    }

    /** @param cursor the webhook that was looked at last, or null if there are no more */
    record Page(List<KnownDelivery> deliveries, @Nullable String cursor) {}

    /** Of which webhooks, as far as a caller may see them. */
    record Recipients(String tenant, Sight sight) {}

    /**
     * @param kept  the event, if it is retained still
     * @param after the webhook that a former page ended with; empty for the first page
     * @param limit webhooks to look at
     */
    Future<Page> page(Recipients among, EventId event, @Nullable Kept kept, String after, int limit) {
        return registry.list(among.tenant(), after, limit + 1).compose(found -> {
            List<Webhook> webhooks = found.subList(0, Math.min(limit, found.size()));
            String cursor = found.size() > limit ? webhooks.get(limit - 1).id() : null;
            List<Webhook> seen = webhooks.stream().filter(among.sight()::of).toList();
            return of(event, kept, seen).map(known -> new Page(known, cursor));
        });
    }

    private Future<List<KnownDelivery>> of(EventId event, @Nullable Kept kept, List<Webhook> webhooks) {
        List<String> ids = webhooks.stream()
                .map(webhook -> Delivery.id(event, webhook.id()))
                .toList();
        return deliveries
                .find(ids)
                .compose(found -> wanting(kept).map(wanting -> {
                    List<KnownDelivery> known = new ArrayList<>();
                    for (int i = 0; i < ids.size(); i++) {
                        Webhook webhook = webhooks.get(i);
                        found.get(i).ifPresent(known::add);
                        if (found.get(i).isEmpty()
                                && kept != null
                                && kept.pending()
                                && wanting.contains(webhook.id())) {
                            known.add(pending(kept, webhook));
                        }
                    }
                    return known;
                }));
    }

    /** A delivery that nobody has noted anything of, if its event is on its way to the webhook. */
    Future<Optional<KnownDelivery>> pending(Kept kept, String webhookId) {
        return recipient(kept, webhookId)
                .map(found -> found.filter(webhook -> kept.pending()).map(webhook -> pending(kept, webhook)));
    }

    /** The webhook, if the event is for it by what it wants now. */
    Future<Optional<Webhook>> recipient(Kept kept, String webhookId) {
        return registry.find(kept.event().tenant(), webhookId)
                .compose(found ->
                        wanting(kept).map(wanting -> found.filter(webhook -> wanting.contains(webhook.id()))));
    }

    /** Those that the event is for, by what they want now. */
    private Future<Set<String>> wanting(@Nullable Kept kept) {
        return kept == null
                ? Future.succeededFuture(Set.of())
                : registry.index(kept.event().tenant())
                        .map(index -> index.match(kept.event()).stream()
                                .filter(webhook -> !webhook.createdAt().isAfter(kept.acceptedAt()))
                                .map(Webhook::id)
                                .collect(Collectors.toSet()));
    }

    private static KnownDelivery pending(Kept kept, Webhook webhook) {
        return new KnownDelivery(
                Delivery.id(kept.event().id(), webhook.id()),
                new LaneKey(webhook.id(), webhook.tenant()),
                kept.event().id().text(),
                kept.event().type(),
                DeliveryState.PENDING,
                0,
                null,
                null,
                "");
    }
}
