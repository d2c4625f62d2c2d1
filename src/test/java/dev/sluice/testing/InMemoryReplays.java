package dev.sluice.testing;

import dev.sluice.replay.Replay;
import dev.sluice.replay.Replay.Order;
import dev.sluice.replay.Replay.State;
import dev.sluice.replay.Replay.Tally;
import dev.sluice.replay.Replays;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the contract of {@link Replays} without Redis, on manual time. Any thread. */
public final class InMemoryReplays implements Replays {
    private final ManualTicker clock;
    private final Instant began;
    private final Map<String, Entry> entries = new HashMap<>();
    private final Map<String, LinkedList<String>> latest = new HashMap<>();
    private int number;

    private static final class Entry {
        Replay replay;
        long fence;
        Instant due;
    }

    /** @param began the time of day when the ticker began */
    public InMemoryReplays(ManualTicker clock, Instant began) {
        this.clock = clock;
        this.began = began;
    }

    private Instant now() {
        return began.plus(clock.passed());
    }

    @Override
    public synchronized Future<Started> start(Order order) {
        LinkedList<String> own = latest.computeIfAbsent(order.webhookId(), first -> new LinkedList<>());
        Entry head = own.isEmpty() ? null : entries.get(own.getFirst());
        if (head != null && head.replay.state() == State.RUNNING) {
            return Future.succeededFuture(new Started(head.replay, false));
        }
        Instant until = order.until().isAfter(now()) ? now() : order.until();
        Order cut = new Order(
                order.webhookId(), order.tenant(), order.since(), until, order.eventTypes(), order.deadOnly());
        Entry entry = new Entry();
        entry.due = now();
        entry.replay = new Replay(Replay.PREFIX + ++number, cut, State.RUNNING, Tally.NONE, now(), null, "");
        entries.put(entry.replay.id(), entry);
        own.addFirst(entry.replay.id());
        while (own.size() > KEPT) {
            entries.remove(own.removeLast());
        }
        return Future.succeededFuture(new Started(entry.replay, true));
    }

    @Override
    public synchronized Future<List<Replay>> list(String webhookId) {
        return Future.succeededFuture(latest.getOrDefault(webhookId, new LinkedList<>()).stream()
                .map(id -> entries.get(id).replay)
                .toList());
    }

    @Override
    public synchronized Future<Optional<Replay>> find(String webhookId, String id) {
        return Future.succeededFuture(Optional.ofNullable(entries.get(id))
                .map(entry -> entry.replay)
                .filter(replay -> replay.order().webhookId().equals(webhookId)));
    }

    @Override
    public synchronized Future<Boolean> cancel(String webhookId, String id, String detail) {
        boolean there = find(webhookId, id).result().isPresent();
        return Future.succeededFuture(there && end(entries.get(id), State.CANCELLED, null, detail));
    }

    @Override
    public synchronized Future<Optional<Turn>> take(Duration lease) {
        return Future.succeededFuture(entries.values().stream()
                .filter(entry -> entry.replay.state() == State.RUNNING && !entry.due.isAfter(now()))
                .min(Comparator.comparing(entry -> entry.due))
                .map(entry -> {
                    entry.due = now().plus(lease);
                    return new Turn(entry.replay, ++entry.fence);
                }));
    }

    @Override
    public synchronized Future<Boolean> save(Turn turn, Tally tally, String detail, Duration again) {
        Entry entry = entries.get(turn.replay().id());
        boolean mine = isOf(turn, entry);
        if (mine) {
            entry.replay = with(entry.replay, State.RUNNING, tally, null, detail);
            entry.due = now().plus(again);
        }
        return Future.succeededFuture(mine);
    }

    @Override
    public synchronized Future<Boolean> end(Turn turn, State state, Tally tally, String detail) {
        Entry entry = entries.get(turn.replay().id());
        return Future.succeededFuture(isOf(turn, entry) && end(entry, state, tally, detail));
    }

    private static boolean isOf(Turn turn, @Nullable Entry entry) {
        return entry != null && entry.replay.state() == State.RUNNING && entry.fence == turn.fence();
    }

    private boolean end(Entry entry, State state, @Nullable Tally tally, String detail) {
        boolean ran = entry.replay.state() == State.RUNNING;
        if (ran) {
            Tally last = tally == null ? entry.replay.tally() : tally;
            entry.replay = with(entry.replay, state, last, now(), detail);
        }
        return ran;
    }

    private static Replay with(Replay old, State state, Tally tally, @Nullable Instant ended, String detail) {
        return new Replay(old.id(), old.order(), state, tally, old.startedAt(), ended, detail);
    }
}
