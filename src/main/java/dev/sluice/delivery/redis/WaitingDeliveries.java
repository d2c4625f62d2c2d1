package dev.sluice.delivery.redis;

import dev.sluice.delivery.DeadLetter;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.history.Deliveries.Page;
import dev.sluice.delivery.history.Deliveries.Query;
import dev.sluice.delivery.history.DeliveryState;
import dev.sluice.delivery.history.KnownDelivery;
import dev.sluice.fault.Unreadables;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parked deliveries as they are read and not claimed; those that are found by their ids may be dead, too. */
final class WaitingDeliveries {
    private static final int CHUNK = 50;

    /** Of a million that wait, a page looks at no more than so many. */
    private static final int MOST = 40 * CHUNK;

    /** When that is due which waits behind another of its key. */
    private static final long NEVER = Long.MAX_VALUE;

    private static final long ASKED = 1_000_000_000_000_000L;

    private final RedisLink link;
    private final LaneScripts scripts;
    private final Unreadables unreadable;

    WaitingDeliveries(RedisLink link, LaneScripts scripts) {
        this.link = link;
        this.scripts = scripts;
        this.unreadable = link.faults().unreadable("parked delivery");
    }

    /** Where a page ended: what came last on it, and when it was due, in milliseconds. */
    private record Place(long due, String id) {
        static @Nullable Place parse(String text) {
            int separator = text.indexOf('~');
            try {
                return separator < 0
                        ? null
                        : new Place(Long.parseLong(text, 0, separator, 10), text.substring(separator + 1));
            } catch (NumberFormatException garbled) {
                return null;
            }
        }

        String text() {
            return due + "~" + id;
        }
    }

    Future<Page> page(Query query, @Nullable String cursor, int limit) {
        if (!query.states().contains(DeliveryState.WAITING)) {
            return Future.succeededFuture(new Page(List.of(), null));
        }
        Place after = cursor == null ? null : Place.parse(cursor);
        if (cursor != null && after == null) {
            return Future.failedFuture(
                    new IllegalArgumentException("cursor: %s (expected: one of ours)".formatted(cursor)));
        }
        return rank(query, after).compose(rank -> collect(query, rank, rank + MOST, limit, new ArrayList<>()));
    }

    /** The first that may be on the page. What was claimed meanwhile is due at another time. */
    private Future<Long> rank(Query query, @Nullable Place after) {
        String key = due(query.lane().webhookId());
        if (after == null) {
            Instant since = query.since();
            return since == null
                    ? Future.succeededFuture(0L)
                    : link.send(before(key, since.toEpochMilli())).map(Response::toLong);
        }
        Request rank = Request.cmd(Command.ZRANK).arg(key).arg(after.id());
        Request score = Request.cmd(Command.ZSCORE).arg(key).arg(after.id());
        return link.batch(List.of(rank, score, before(key, after.due()))).map(answers -> {
            Response due = answers.get(1);
            return due != null && millis(due) == after.due()
                    ? answers.get(0).toLong() + 1
                    : answers.get(2).toLong();
        });
    }

    private static Request before(String key, long millis) {
        return Request.cmd(Command.ZCOUNT).arg(key).arg("-inf").arg("(" + millis);
    }

    private Future<Page> collect(Query query, long rank, long end, int limit, List<KnownDelivery> found) {
        int count = Math.min(CHUNK, limit - found.size());
        Request range = Request.cmd(Command.ZRANGE)
                .arg(due(query.lane().webhookId()))
                .arg(rank)
                .arg(rank + count - 1)
                .arg("WITHSCORES");
        return link.send(range).compose(answer -> {
            List<Place> places = places(answer, query.until());
            return read(places).compose(known -> {
                known.forEach(
                        one -> one.filter(delivery -> admits(query, delivery)).ifPresent(found::add));
                if (places.size() < count) {
                    return Future.succeededFuture(new Page(found, null));
                }
                boolean isEnough = found.size() == limit || rank + count >= end;
                return isEnough
                        ? Future.succeededFuture(
                                new Page(found, places.get(count - 1).text()))
                        : collect(query, rank + count, end, limit, found);
            });
        });
    }

    private static boolean admits(Query query, KnownDelivery delivery) {
        return delivery.lane().tenant().equals(query.lane().tenant())
                && (!query.tried() || delivery.attempts() > 0)
                && (query.since() == null || delivery.at() != null);
    }

    private static List<Place> places(Response idsAndScores, @Nullable Instant until) {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i + 1 < idsAndScores.size(); i += 2) {
            long due = millis(idsAndScores.get(i + 1));
            if (until == null || due < until.toEpochMilli()) {
                places.add(new Place(due, idsAndScores.get(i).toString()));
            }
        }
        return places;
    }

    /** See {@code parked.lua}: whole but for leases, and of what a person asked for the time of that less {@link #ASKED}. */
    private static long millis(Response score) {
        if (score.toString().equals("inf")) {
            return NEVER;
        }
        return (long) Math.floor(Double.parseDouble(score.toString()));
    }

    /** In the order of the places; empty for what is gone meanwhile. */
    private Future<List<Optional<KnownDelivery>>> read(List<Place> places) {
        if (places.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        List<Request> reads =
                places.stream().map(place -> hash(Command.HGETALL, place.id())).toList();
        return link.batch(reads).map(hashes -> {
            List<Optional<KnownDelivery>> known = new ArrayList<>();
            for (int i = 0; i < places.size(); i++) {
                known.add(known(places.get(i).id(), hashes.get(i), places.get(i).due()));
            }
            return known;
        });
    }

    /** In the order of the ids; empty for those that are neither parked nor dead. */
    Future<List<Optional<KnownDelivery>>> find(List<String> ids) {
        List<Request> looks = new ArrayList<>();
        for (String id : ids) {
            looks.add(hash(Command.EXISTS, id));
            looks.add(Request.cmd(Command.ZSCORE).arg(due(webhookOf(id))).arg(id));
        }
        if (looks.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        return link.batch(looks).compose(answers -> {
            List<Place> places = new ArrayList<>();
            for (int i = 0; i < ids.size(); i++) {
                Response score = answers.get(2 * i + 1);
                if (answers.get(2 * i).toInteger() == 1) {
                    places.add(new Place(score == null ? NEVER : millis(score), ids.get(i)));
                }
            }
            return read(places).map(known -> inOrder(ids, known));
        });
    }

    private static List<Optional<KnownDelivery>> inOrder(List<String> ids, List<Optional<KnownDelivery>> known) {
        return ids.stream()
                .map(id -> known.stream()
                        .flatMap(Optional::stream)
                        .filter(delivery -> delivery.id().equals(id))
                        .findFirst())
                .toList();
    }

    /** @param due {@link #NEVER} if it is in no queue, or waits behind another */
    private Optional<KnownDelivery> known(String id, Response hash, long due) {
        Optional<DeadLetter> read =
                unreadable.read(id, () -> DeliveryFields.read(id, hash).letter(id));
        return read == null
                ? Optional.empty()
                : read.map(kept -> {
                    boolean isDead = kept.diedAt().toEpochMilli() > 0;
                    Instant dueAt = due == NEVER ? null : Instant.ofEpochMilli(due < 0 ? due + ASKED : due);
                    return new KnownDelivery(
                            id,
                            new LaneKey(kept.webhookId(), kept.tenant()),
                            kept.eventId(),
                            kept.type(),
                            isDead ? DeliveryState.DEAD : DeliveryState.WAITING,
                            kept.attempts(),
                            isDead ? kept.diedAt() : dueAt,
                            isDead ? kept.lastOutcome() : null,
                            kept.history());
                });
    }

    private Request hash(Command command, String id) {
        return Request.cmd(command).arg(Keys.delivery(scripts.shard(webhookOf(id))) + id);
    }

    private String due(String webhookId) {
        return Keys.due(scripts.shard(webhookId), webhookId);
    }

    /** What is no delivery's id finds nothing. */
    private static String webhookOf(String id) {
        return Objects.requireNonNullElse(Delivery.webhookOf(id), "");
    }
}
