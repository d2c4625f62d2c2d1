package dev.sluice.delivery.redis;

import dev.sluice.config.DeliveryConfig;
import dev.sluice.delivery.DeadLetter;
import dev.sluice.delivery.DeadLetters;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.LaneKey;
import dev.sluice.fault.Unreadables;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.Script;
import dev.sluice.subscription.Homes;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Dead letters in Redis: by webhook and time, and by id, which names the webhook. Any thread. */
public final class RedisDeadLetters implements DeadLetters {
    private static final Script RETRY = LaneScripts.load("dead-retry").evenWhenFull();
    private static final Script PURGE = LaneScripts.load("dead-purge");
    private static final Script COUNT = Script.load("lua/dead-count.lua");
    private static final int CHUNK = 200;

    private final RedisLink link;
    private final Homes homes;
    private final DeliveryConfig config;
    private final LaneScripts scripts;
    private final Unreadables unreadable;

    public RedisDeadLetters(RedisLink link, Homes homes, DeliveryConfig config) {
        this.link = link;
        this.homes = homes;
        this.config = config;
        this.scripts = new LaneScripts(homes, config);
        this.unreadable = link.faults().unreadable("dead letter");
    }

    /** Does something with the letters of a lane and answers how many it was done to. */
    private interface Action {
        Future<Integer> on(LaneKey lane, List<String> ids);
    }

    @Override
    public Future<Page> list(Filter filter, @Nullable String cursor, int limit) {
        DeadLetterCursor from = cursor == null ? null : DeadLetterCursor.parse(cursor);
        if (cursor != null && from == null) {
            return Future.failedFuture(
                    new IllegalArgumentException("cursor: %s (expected: one of ours)".formatted(cursor)));
        }
        return lanes(filter).compose(lanes -> {
            List<LaneKey> rest = lanes.stream()
                    .filter(lane -> from == null || lane.webhookId().compareTo(from.webhookId()) >= 0)
                    .toList();
            return collect(rest, filter, from, limit, new ArrayList<>());
        });
    }

    private Future<Page> collect(
            List<LaneKey> lanes, Filter filter, @Nullable DeadLetterCursor from, int limit, List<DeadLetter> found) {
        if (lanes.isEmpty()) {
            return Future.succeededFuture(new Page(found, null));
        }
        LaneKey lane = lanes.get(0);
        DeadLetterCursor within = from != null && from.webhookId().equals(lane.webhookId()) ? from : null;
        return rank(lane, within)
                .compose(rank -> collect(lane, rank, filter, limit, found))
                .compose(full -> full
                        ? Future.succeededFuture(new Page(found, DeadLetterCursor.after(found.get(limit - 1))))
                        : collect(lanes.subList(1, lanes.size()), filter, null, limit, found));
    }

    /** Answers true if the limit is reached. */
    private Future<Boolean> collect(LaneKey lane, long rank, Filter filter, int limit, List<DeadLetter> found) {
        return chunk(lane, rank).compose(chunk -> {
            for (DeadLetter letter : chunk.letters()) {
                if (found.size() < limit && DeadLetterFilter.admits(filter, letter)) {
                    found.add(letter);
                }
            }
            if (found.size() == limit) {
                return Future.succeededFuture(true);
            }
            return chunk.last() ? Future.succeededFuture(false) : collect(lane, rank + CHUNK, filter, limit, found);
        });
    }

    @Override
    public Future<Optional<DeadLetter>> find(String id) {
        String webhookId = Delivery.webhookOf(id);
        if (webhookId == null) {
            return Future.succeededFuture(Optional.empty());
        }
        String key = Keys.delivery(shard(webhookId)) + id;
        return link.send(Request.cmd(Command.HGETALL).arg(key))
                .map(fields ->
                        letter(id, fields).filter(letter -> letter.diedAt().toEpochMilli() > 0));
    }

    @Override
    public Future<Boolean> retry(String id) {
        return one(id, this::retry);
    }

    @Override
    public Future<Boolean> purge(String id) {
        return one(id, this::purge);
    }

    private Future<Boolean> one(String id, Action action) {
        return find(id).compose(found -> found.isEmpty()
                ? Future.succeededFuture(false)
                : action.on(new LaneKey(found.get().webhookId(), found.get().tenant()), List.of(id))
                        .map(count -> count == 1));
    }

    @Override
    public Future<Integer> retry(Filter filter) {
        return each(filter, this::retry);
    }

    @Override
    public Future<Integer> purge(Filter filter) {
        return each(filter, this::purge);
    }

    private Future<Integer> each(Filter filter, Action action) {
        return lanes(filter).compose(lanes -> {
            Future<Integer> sum = Future.succeededFuture(0);
            for (LaneKey lane : lanes) {
                sum = sum.compose(before -> each(lane, 0, filter, action).map(more -> before + more));
            }
            return sum;
        });
    }

    /** What the action takes away moves the rest up, so only what stays is stepped over. */
    private Future<Integer> each(LaneKey lane, long rank, Filter filter, Action action) {
        return chunk(lane, rank).compose(chunk -> {
            List<String> ids = chunk.letters().stream()
                    .filter(letter -> DeadLetterFilter.admits(filter, letter))
                    .map(DeadLetter::id)
                    .toList();
            Future<Integer> done = ids.isEmpty() ? Future.succeededFuture(0) : action.on(lane, ids);
            return done.compose(count -> chunk.last()
                    ? Future.succeededFuture(count)
                    : each(lane, rank + CHUNK - count, filter, action).map(more -> count + more));
        });
    }

    private Future<Integer> retry(LaneKey lane, List<String> ids) {
        return link.call(RETRY.on(scripts.keys(lane)).with(scripts.arguments(lane, ids.toArray())))
                .map(Response::toInteger);
    }

    private Future<Integer> purge(LaneKey lane, List<String> ids) {
        return link.call(PURGE.on(scripts.keys(lane)).with(scripts.arguments(lane, ids.toArray())))
                .map(Response::toInteger);
    }

    private record Chunk(List<DeadLetter> letters, boolean last) {}

    private Future<Chunk> chunk(LaneKey lane, long rank) {
        String shard = shard(lane.webhookId());
        Request range = Request.cmd(Command.ZRANGE)
                .arg(Keys.dead(shard, lane.webhookId()))
                .arg(rank)
                .arg(rank + CHUNK - 1)
                .arg("REV");
        return link.send(range).compose(ids -> {
            if (ids.size() == 0) {
                return Future.succeededFuture(new Chunk(List.of(), true));
            }
            List<Request> reads = new ArrayList<>();
            ids.forEach(id -> reads.add(Request.cmd(Command.HGETALL).arg(Keys.delivery(shard) + id)));
            return link.batch(reads).map(hashes -> chunk(ids, hashes));
        });
    }

    /** A letter whose time was up is in the index for a while longer than its hash. */
    private Chunk chunk(Response ids, List<Response> hashes) {
        List<DeadLetter> letters = new ArrayList<>();
        for (int i = 0; i < hashes.size(); i++) {
            letter(ids.get(i).toString(), hashes.get(i)).ifPresent(letters::add);
        }
        return new Chunk(letters, ids.size() < CHUNK);
    }

    private Optional<DeadLetter> letter(String id, Response fields) {
        if (fields.size() == 0) {
            return Optional.empty();
        }
        Optional<DeadLetter> read =
                unreadable.read(id, () -> DeliveryFields.read(id, fields).letter(id));
        return read == null ? Optional.empty() : read;
    }

    private Future<Long> rank(LaneKey lane, @Nullable DeadLetterCursor after) {
        if (after == null) {
            return Future.succeededFuture(0L);
        }
        String key = Keys.dead(shard(lane.webhookId()), lane.webhookId());
        return link.send(Request.cmd(Command.ZREVRANK).arg(key).arg(after.id()))
                .compose(rank -> rank != null ? Future.succeededFuture(rank.toLong() + 1) : rankOfGone(key, after));
    }

    /** Letters that died later, and those of the same millisecond with greater ids, come before it. */
    private Future<Long> rankOfGone(String key, DeadLetterCursor gone) {
        Request later =
                Request.cmd(Command.ZCOUNT).arg(key).arg("(" + gone.diedAt()).arg("+inf");
        Request ties = Request.cmd(Command.ZRANGE)
                .arg(key)
                .arg(gone.diedAt())
                .arg(gone.diedAt())
                .arg("BYSCORE");
        return link.batch(List.of(later, ties))
                .map(found -> found.get(0).toLong()
                        + found.get(1).stream()
                                .filter(id -> id.toString().compareTo(gone.id()) > 0)
                                .count());
    }

    /** Ordered by the webhook's id. */
    private Future<List<LaneKey>> lanes(Filter filter) {
        if (filter.webhookId() != null) {
            return Future.succeededFuture(List.of(new LaneKey(filter.webhookId(), filter.tenant())));
        }
        List<Future<Response>> graves = IntStream.range(0, homes.shards())
                .mapToObj(shard -> link.send(Request.cmd(Command.ZRANGE)
                        .arg(Keys.graves(LaneScripts.name(shard)))
                        .arg(0)
                        .arg(-1)))
                .toList();
        return Future.all(graves)
                .map(all -> graves.stream()
                        .flatMap(grave -> grave.result().stream())
                        .map(lane -> LaneScripts.lane(lane.toString()))
                        .filter(lane -> lane.tenant().equals(filter.tenant()))
                        .sorted(Comparator.comparing(LaneKey::webhookId))
                        .toList());
    }

    private String shard(String webhookId) {
        return scripts.shard(webhookId);
    }

    /** How many deliveries of a webhook are parked, and how many are dead. */
    public Future<long[]> counts(String webhookId) {
        String shard = shard(webhookId);
        List<String> keys = List.of(Keys.due(shard, webhookId), Keys.dead(shard, webhookId));
        return link.call(COUNT.on(keys).with(config.deadLetterRetention().toMillis()))
                .map(counts -> new long[] {counts.get(0).toLong(), counts.get(1).toLong()});
    }
}
