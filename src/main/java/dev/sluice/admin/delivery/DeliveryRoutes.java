package dev.sluice.admin.delivery;

import dev.sluice.access.Role;
import dev.sluice.admin.web.Call;
import dev.sluice.admin.web.Cursor;
import dev.sluice.admin.web.Mount;
import dev.sluice.admin.web.Reply;
import dev.sluice.admin.web.Routes;
import dev.sluice.admin.web.Sight;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.history.AttemptLog;
import dev.sluice.delivery.history.Deliveries;
import dev.sluice.delivery.history.KnownDelivery;
import dev.sluice.event.EventId;
import dev.sluice.journal.Events;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /v1/deliveries}. Reading needs the role read, retrying needs manage. */
final class DeliveryRoutes implements Routes {
    private static final String ALL = "/v1/deliveries";
    private static final String ONE = ALL + "/:id";

    private final Deliveries deliveries;
    private final AttemptLog log;
    private final Events events;
    private final EventDeliveries ofEvents;
    private final DeliveryRetry retry;
    private final KnownWebhooks webhooks;

    DeliveryRoutes(
            Deliveries deliveries,
            AttemptLog log,
            Events events,
            EventDeliveries ofEvents,
            DeliveryRetry retry,
            KnownWebhooks webhooks) {
        this.deliveries = deliveries;
        this.log = log;
        this.events = events;
        this.ofEvents = ofEvents;
        this.retry = retry;
        this.webhooks = webhooks;
    }

    @Override
    public void on(Mount mount) {
        mount.get(
                ALL, Role.READ, this::list, "tenant", "webhook", "event", "state", "since", "until", "limit", "cursor");
        mount.get(ONE, Role.READ, this::show);
        mount.post(ONE + "/retry", Role.MANAGE, call -> find(call).compose(known -> retry.retry(call, known)));
    }

    private Future<Reply> list(Call call) {
        DeliveryFilter filter = DeliveryFilter.of(call);
        String tenant = call.tenant();
        String webhookId = call.query("webhook").orElse(null);
        String event = call.query("event").orElse(null);
        if (event != null) {
            return webhookId == null
                    ? ofEvent(call, tenant, event(event), filter)
                    : one(call, event(event), webhookId, filter);
        }
        if (webhookId == null) {
            throw Call.badQuery("webhook: missing (expected: the id of a webhook, or event: the id of an event)");
        }
        return deliveries
                .list(
                        filter.of(new LaneKey(webhookId, tenant)),
                        call.query("cursor").orElse(null),
                        call.limit())
                .recover(Cursor::refused)
                .compose(page -> known(call, webhookId, page.deliveries().isEmpty())
                        .map(known -> reply(call, page.deliveries(), page.cursor())));
    }

    /** Whoever has deliveries is known, though not every caller may see it. */
    private Future<Void> known(Call call, String webhookId, boolean isOpen) {
        return isOpen || !call.sight().isWhole()
                ? webhooks.require(call, call.tenant(), webhookId)
                : Future.succeededFuture();
    }

    private Future<Reply> one(Call call, EventId event, String webhookId, DeliveryFilter filter) {
        String tenant = call.tenant();
        return deliveries
                .find(List.of(Delivery.id(event, webhookId)))
                .map(found -> found.get(0).stream()
                        .filter(delivery -> delivery.lane().tenant().equals(tenant) && filter.admits(delivery))
                        .toList())
                .compose(found -> known(call, webhookId, found.isEmpty()).map(known -> reply(call, found, null)));
    }

    private Future<Reply> ofEvent(Call call, String tenant, EventId event, DeliveryFilter filter) {
        String after = Cursor.read(call);
        int limit = call.limit();
        return events.find(event.text())
                .compose(kept -> ofEvents.page(
                        new EventDeliveries.Recipients(tenant, call.sight()),
                        event,
                        kept.filter(one -> one.event().tenant().equals(tenant)).orElse(null),
                        after,
                        limit))
                .map(page -> reply(
                        call,
                        page.deliveries().stream().filter(filter::admits).toList(),
                        page.cursor() == null ? null : Cursor.after(page.cursor())));
    }

    private static Reply reply(Call call, List<KnownDelivery> deliveries, @Nullable String cursor) {
        Sight sight = call.sight();
        JsonArray views = new JsonArray();
        deliveries.stream()
                .filter(delivery -> sight.ofType(delivery.type()))
                .forEach(delivery -> views.add(DeliveryViews.view(delivery)));
        return Reply.ok(new JsonObject().put("deliveries", views).put("cursor", cursor));
    }

    private static EventId event(String text) {
        try {
            return new EventId(text);
        } catch (IllegalArgumentException notOurs) {
            throw Call.badQuery("event: %s (expected: the id of an event, evt_…)".formatted(text));
        }
    }

    private Future<Reply> show(Call call) {
        String id = call.path("id");
        return find(call)
                .compose(known -> known.isPresent() ? Future.succeededFuture(known) : pending(call, id))
                .compose(known -> seen(call, known))
                .compose(known -> log.of(List.of(id)).map(lines -> {
                    KnownDelivery delivery = known.orElseThrow(() -> DeliveryRetry.unknown(id));
                    return Reply.ok(DeliveryViews.view(delivery)
                            .put("history", AttemptViews.history(lines.get(0), delivery.history())));
                }));
    }

    /** To a key of another tenant the delivery does not exist. */
    private Future<Optional<KnownDelivery>> find(Call call) {
        return deliveries
                .find(List.of(call.path("id")))
                .map(found -> found.get(0)
                        .filter(delivery -> call.maySee(delivery.lane().tenant())))
                .compose(known -> seen(call, known));
    }

    private Future<Optional<KnownDelivery>> seen(Call call, Optional<KnownDelivery> known) {
        return known.filter(delivery -> call.sight().ofType(delivery.type()))
                .map(delivery -> webhooks.isSeen(
                                call, delivery.lane().tenant(), delivery.lane().webhookId())
                        .map(isSeen -> known.filter(one -> isSeen)))
                .orElse(Future.succeededFuture(Optional.empty()));
    }

    private Future<Optional<KnownDelivery>> pending(Call call, String id) {
        String webhookId = Objects.requireNonNullElse(Delivery.webhookOf(id), "");
        return events.find(Objects.requireNonNullElse(Delivery.eventOf(id), ""))
                .compose(found -> found.filter(kept -> call.maySee(kept.event().tenant()))
                        .map(kept -> ofEvents.pending(kept, webhookId))
                        .orElse(Future.succeededFuture(Optional.empty())));
    }
}
