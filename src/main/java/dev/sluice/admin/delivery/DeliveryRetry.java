package dev.sluice.admin.delivery;

import dev.sluice.admin.web.Call;
import dev.sluice.admin.web.JsonMembers;
import dev.sluice.admin.web.Reply;
import dev.sluice.admin.web.Sight;
import dev.sluice.delivery.DeadLetters;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.history.Deliveries;
import dev.sluice.delivery.history.KnownDelivery;
import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import dev.sluice.journal.Events;
import dev.sluice.journal.Events.Kept;
import dev.sluice.subscription.Registry;
import dev.sluice.subscription.Webhook;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tries one delivery again, whatever became of it: each state has a way of its own. */
final class DeliveryRetry {
    private final Registry registry;
    private final Deliveries deliveries;
    private final DeadLetters letters;
    private final Events events;
    private final EventDeliveries ofEvents;

    DeliveryRetry(
            Registry registry, Deliveries deliveries, DeadLetters letters, Events events, EventDeliveries ofEvents) {
        this.registry = registry;
        this.deliveries = deliveries;
        this.letters = letters;
        this.events = events;
        this.ofEvents = ofEvents;
    }

    /** @param known empty where nobody has noted anything of it */
    Future<Reply> retry(Call call, Optional<KnownDelivery> known) {
        return known.isEmpty() ? unnoted(call) : noted(known.get());
    }

    private Future<Reply> noted(KnownDelivery known) {
        LaneKey lane = known.lane();
        return registry.find(lane.tenant(), lane.webhookId()).compose(webhook -> {
            if (webhook.isEmpty()) {
                throw webhookDeleted(lane);
            }
            return switch (known.state()) {
                case WAITING -> hurry(known);
                case DEAD -> revive(known);
                case PENDING -> Future.failedFuture(underWay(known.id()));
                case DELIVERED, COALESCED, CANCELLED, GONE -> again(known.id(), known.eventId(), webhook.get());
            };
        });
    }

    private Future<Reply> hurry(KnownDelivery known) {
        return deliveries
                .hurry(known.lane(), known.id())
                .map(due -> due.map(at -> accepted(known.id(), at)).orElseThrow(() -> underWay(known.id())));
    }

    private Future<Reply> revive(KnownDelivery known) {
        return letters.retry(known.id()).compose(done -> {
            if (!done) {
                throw underWay(known.id());
            }
            return now(known.lane(), known.id());
        });
    }

    /** It waits now, and goes at once unless it waits behind another of its key. */
    private Future<Reply> now(LaneKey lane, String id) {
        return deliveries.hurry(lane, id).map(due -> accepted(id, null));
    }

    private Future<Void> send(Kept kept, Webhook webhook) {
        return deliveries.send(kept.event(), webhook);
    }

    private Future<Reply> again(String id, String eventId, Webhook webhook) {
        return events.find(eventId)
                .compose(found ->
                        found.map(kept -> send(kept, webhook)).orElseGet(() -> Future.failedFuture(eventGone(eventId))))
                .compose(sent -> now(new LaneKey(webhook.id(), webhook.tenant()), id));
    }

    /** Of an event that is retained, for a webhook that wants it: the history may just not go back so far. */
    private Future<Reply> unnoted(Call call) {
        String id = call.path("id");
        return events.find(Objects.requireNonNullElse(Delivery.eventOf(id), ""))
                .map(found ->
                        found.filter(kept -> call.maySee(kept.event().tenant())).orElseThrow(() -> unknown(id)))
                .compose(kept -> unnoted(call, id, kept));
    }

    private Future<Reply> unnoted(Call call, String id, Kept kept) {
        String webhookId = Objects.requireNonNullElse(Delivery.webhookOf(id), "");
        Sight sight = call.sight();
        return ofEvents.recipient(kept, webhookId).compose(webhook -> {
            if (webhook.filter(sight::of).isEmpty()
                    || !sight.ofType(kept.event().type())) {
                throw unknown(id);
            }
            if (kept.pending()) {
                throw underWay(id);
            }
            LaneKey lane = new LaneKey(webhook.get().id(), webhook.get().tenant());
            return send(kept, webhook.get()).compose(sent -> now(lane, id));
        });
    }

    private static Reply accepted(String id, @Nullable Instant dueAt) {
        JsonObject json = new JsonObject().put("id", id);
        JsonMembers.putIfPresent(json, "dueAt", dueAt == null ? null : dueAt.toString());
        return Reply.json(202, json);
    }

    private static ProblemException underWay(String id) {
        return conflict(
                "under-way",
                "Under way",
                "The delivery '%s' is on its way already, or waits behind another of the same key.".formatted(id));
    }

    private static ProblemException webhookDeleted(LaneKey lane) {
        return conflict(
                "webhook-deleted",
                "The webhook is deleted",
                "There is no webhook '%s' any more to deliver to.".formatted(lane.webhookId()));
    }

    private static ProblemException conflict(String type, String title, String detail) {
        return Problem.of(409, type, title, detail).asException();
    }

    private static ProblemException eventGone(String eventId) {
        return Problem.of(
                        410,
                        "event-gone",
                        "The event is retained no more",
                        "The event '%s' was delivered longer ago than journal.retention keeps it.".formatted(eventId))
                .asException();
    }

    static ProblemException unknown(String id) {
        return Problem.of(
                        404,
                        "no-such-delivery",
                        "No such delivery",
                        "Nothing is known of a delivery '%s'; it may be longer ago than the history goes back."
                                .formatted(id))
                .asException();
    }
}
