package dev.sluice.delivery.redis;

import dev.sluice.config.DeliveryConfig;
import dev.sluice.config.ParkingConfig;
import dev.sluice.delivery.DeadLetter;
import dev.sluice.delivery.DeadLetters;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.Outcome;
import dev.sluice.delivery.history.AttemptLog;
import dev.sluice.delivery.history.Deliveries;
import dev.sluice.delivery.history.DeliveryState;
import dev.sluice.delivery.history.KnownDelivery;
import dev.sluice.event.Event;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.Script;
import dev.sluice.redis.ScriptCall;
import dev.sluice.redis.line.Kept;
import dev.sluice.subscription.Homes;
import dev.sluice.subscription.Webhook;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Deliveries put together from the three places where Redis has something of them. */
public final class RedisDeliveries implements Deliveries {
    private static final Script WRITE = LaneScripts.load("delivery-write");
    private static final Script RETRY = LaneScripts.load("history-retry").evenWhenFull();

    /** A look-up walks through an attempt log; between so many of them others get their turn at Redis. */
    private static final int AT_ONCE = 20;

    private final RedisLink link;
    private final LaneScripts scripts;
    private final ParkingConfig config;
    private final DeadLetters letters;
    private final Bodies bodies;
    private final WaitingDeliveries waiting;
    private final Ended ended;

    public RedisDeliveries(RedisLink link, Homes homes, DeliveryConfig config, DeadLetters letters, AttemptLog log) {
        this.link = link;
        this.scripts = new LaneScripts(homes, config);
        this.config = config.parking();
        this.letters = letters;
        this.bodies = new Bodies(link, false);
        this.waiting = new WaitingDeliveries(link, scripts);
        this.ended = new Ended(log);
    }

    /** One of the places, asked for a page as if it were the only one. */
    private interface Source {
        Future<Page> page(Query query, @Nullable String cursor, int limit);
    }

    @Override
    public Future<Page> list(Query query, @Nullable String cursor, int limit) {
        List<Source> sources = List.of(waiting::page, this::dead, ended::page);
        int first = cursor == null ? 0 : source(cursor, sources.size());
        if (first < 0) {
            return Future.failedFuture(
                    new IllegalArgumentException("cursor: %s (expected: one of ours)".formatted(cursor)));
        }
        String rest = cursor == null || cursor.length() == 1 ? null : cursor.substring(1);
        return collect(sources, first, query, rest, limit, new ArrayList<>());
    }

    /** A cursor begins with the number of its place; behind it, nothing or a cursor of that place. */
    private static int source(String cursor, int count) {
        int number = cursor.isEmpty() ? -1 : cursor.charAt(0) - '0';
        return number < count ? number : -1;
    }

    private Future<Page> collect(
            List<Source> sources, int at, Query query, @Nullable String cursor, int limit, List<KnownDelivery> found) {
        if (at == sources.size()) {
            return Future.succeededFuture(new Page(found, null));
        }
        return sources.get(at).page(query, cursor, limit - found.size()).compose(page -> {
            found.addAll(page.deliveries());
            if (page.cursor() != null) {
                return Future.succeededFuture(new Page(found, at + page.cursor()));
            }
            boolean isFull = found.size() == limit && at + 1 < sources.size();
            return isFull
                    ? Future.succeededFuture(new Page(found, String.valueOf(at + 1)))
                    : collect(sources, at + 1, query, null, limit, found);
        });
    }

    private Future<Page> dead(Query query, @Nullable String cursor, int limit) {
        if (!query.states().contains(DeliveryState.DEAD)) {
            return Future.succeededFuture(new Page(List.of(), null));
        }
        DeadLetters.Filter filter = new DeadLetters.Filter(
                query.lane().tenant(), query.lane().webhookId(), query.since(), query.until(), List.of());
        return letters.list(filter, cursor, limit)
                .map(page -> new Page(
                        page.letters().stream().map(RedisDeliveries::known).toList(), page.cursor()));
    }

    private static KnownDelivery known(DeadLetter letter) {
        return new KnownDelivery(
                letter.id(),
                new LaneKey(letter.webhookId(), letter.tenant()),
                letter.eventId(),
                letter.type(),
                DeliveryState.DEAD,
                letter.attempts(),
                letter.diedAt(),
                letter.lastOutcome(),
                letter.history());
    }

    @Override
    public Future<List<Optional<KnownDelivery>>> find(List<String> ids) {
        Future<List<Optional<KnownDelivery>>> all = Future.succeededFuture(new ArrayList<>());
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
            all = all.compose(before -> findSome(some).map(found -> {
                before.addAll(found);
                return before;
            }));
        }
        return all;
    }

    private Future<List<Optional<KnownDelivery>>> findSome(List<String> ids) {
        return waiting.find(ids).compose(parked -> {
            List<String> others = new ArrayList<>();
            for (int i = 0; i < ids.size(); i++) {
                if (parked.get(i).isEmpty()) {
                    others.add(ids.get(i));
                }
            }
            return ended.find(others).map(found -> {
                List<Optional<KnownDelivery>> all = new ArrayList<>(parked);
                for (int i = 0, other = 0; i < ids.size(); i++) {
                    if (all.get(i).isEmpty()) {
                        all.set(i, found.get(other++));
                    }
                }
                return all;
            });
        });
    }

    @Override
    public Future<Optional<Instant>> hurry(LaneKey lane, String id) {
        return link.call(RETRY.on(scripts.keys(lane)).with(scripts.arguments(lane, id)))
                .map(answer ->
                        answer.toLong() == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(answer.toLong())));
    }

    @Override
    public Future<Void> send(Event event, Webhook webhook) {
        LaneKey lane = new LaneKey(webhook.id(), webhook.tenant());
        ScriptCall call = WRITE.on(scripts.keys(lane))
                .with(scripts.arguments(lane, 0, config.lease().toMillis(), config.maxCount(), config.maxBytes()));
        Outcome park = new Outcome.Park(Delivery.asked(event, webhook), 0, Duration.ZERO);
        Map<String, Event> apart = Records.apart(List.of(park), delivery -> false);
        call.with(apart.size()).with(List.copyOf(apart.keySet()));
        Records.write(park, false, OwnLives.NOBODY, call.request());
        return bodies.write(
                        scripts.shard(webhook.id()),
                        apart,
                        () -> link.call(call).map(Kept::of))
                .mapEmpty();
    }
}
