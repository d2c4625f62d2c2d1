package dev.sluice.admin;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.history.Deliveries;
import dev.sluice.delivery.history.DeliveryState;
import dev.sluice.delivery.history.KnownDelivery;
import dev.sluice.event.Event;
import dev.sluice.subscription.Webhook;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Deliveries ordered by id; the cursor is the last id. Remembers what was hurried and sent. */
public final class InMemoryDeliveries implements Deliveries {
    public static final Instant AT = Instant.parse("2026-11-21T11:00:00Z");
    public static final Instant HURRIED = Instant.parse("2026-11-21T10:00:01Z");

    public final TreeMap<String, KnownDelivery> known = new TreeMap<>();
    public final List<String> hurried = new ArrayList<>();
    public final List<String> sent = new ArrayList<>();
    public boolean busy;
    public Query lastQuery;

    public String add(String event, LaneKey lane, DeliveryState state) {
        return add(event, "entry.publish", lane, state);
    }

    public String add(String event, String type, LaneKey lane, DeliveryState state) {
        String id = Delivery.id(new dev.sluice.event.EventId(event), lane.webhookId());
        String own = "{\"number\":1,\"at\":\"2026-11-21T10:00:00.250Z\",\"durationMs\":7,\"status\":500}\n";
        known.put(id, new KnownDelivery(id, lane, event, type, state, 1, AT, null, own));
        return id;
    }

    @Override
    public Future<Page> list(Query query, String cursor, int limit) {
        lastQuery = query;
        if ("garbage".equals(cursor)) {
            return Future.failedFuture(new IllegalArgumentException(cursor));
        }
        List<KnownDelivery> rest = known.tailMap(cursor == null ? "" : cursor, false).values().stream()
                .filter(one -> one.lane().equals(query.lane()) && query.states().contains(one.state()))
                .toList();
        List<KnownDelivery> page = rest.subList(0, Math.min(limit, rest.size()));
        return Future.succeededFuture(
                new Page(page, rest.size() > limit ? page.get(limit - 1).id() : null));
    }

    @Override
    public Future<List<Optional<KnownDelivery>>> find(List<String> ids) {
        return Future.succeededFuture(
                ids.stream().map(id -> Optional.ofNullable(known.get(id))).toList());
    }

    @Override
    public Future<Optional<Instant>> hurry(LaneKey lane, String id) {
        hurried.add(id);
        return Future.succeededFuture(busy ? Optional.empty() : Optional.of(HURRIED));
    }

    @Override
    public Future<Void> send(Event event, Webhook webhook) {
        sent.add(event.id().text() + " to " + webhook.id());
        return Future.succeededFuture();
    }
}
