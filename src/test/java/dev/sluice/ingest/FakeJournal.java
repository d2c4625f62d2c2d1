package dev.sluice.ingest;

import dev.sluice.bus.Bus;
import dev.sluice.bus.Exchange;
import dev.sluice.event.Append;
import dev.sluice.event.Appended;
import dev.sluice.event.Draft;
import dev.sluice.event.EventId;
import dev.sluice.event.Identity;
import dev.sluice.event.Receipt;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Answers appends on a real bus: at once, or when it is told to. Any thread. */
public final class FakeJournal {
    private final Exchange<Append, Appended> exchange;
    private final ArrayDeque<Resting> held = new ArrayDeque<>();
    private final List<Draft> drafts = new ArrayList<>();
    private final List<Integer> groups = new ArrayList<>();
    private final Map<String, Known> known = new HashMap<>();

    private boolean unavailable;
    private int holdUntil;
    private int expected = Integer.MAX_VALUE;
    private int pending;
    private int maxPending;

    /** @param first the number of its first draft, counted from 0 */
    private record Resting(int first, Append append, Promise<Appended> promise) {}

    public FakeJournal(Vertx vertx) {
        exchange = new Bus(vertx).exchange("test.append");
        exchange.answer(this::append).await();
    }

    public Exchange<Append, Appended> exchange() {
        return exchange;
    }

    public synchronized void becomeUnavailable() {
        unavailable = true;
    }

    /** Answers nothing until so many events wait, then all of them at once; and the rest when {@code total} are there. */
    public synchronized void holdUntil(int waiting, int total) {
        holdUntil = waiting;
        expected = total;
    }

    /** Answers what it holds, and everything that comes. */
    public synchronized void letGo() {
        holdUntil = 0;
        answerAll();
    }

    /** Blocks until so many events wait for an answer. */
    public synchronized void awaitPending(int events) throws InterruptedException {
        while (pending < events) {
            wait();
        }
    }

    /** Blocks until so many events came. */
    public synchronized void awaitTotal(int events) throws InterruptedException {
        while (drafts.size() < events) {
            wait();
        }
    }

    public synchronized List<Draft> drafts() {
        return List.copyOf(drafts);
    }

    public synchronized Draft only() {
        if (drafts.size() != 1) {
            throw new AssertionError(drafts.size() + " drafts (expected: 1)");
        }
        return drafts.get(0);
    }

    public synchronized List<Integer> groups() {
        return List.copyOf(groups);
    }

    private record Known(EventId id, @Nullable String digest) {
        Receipt receipt(@Nullable String repeated) {
            return new Receipt(id, Objects.equals(digest, repeated) ? Receipt.Fate.DUPLICATE : Receipt.Fate.CONFLICT);
        }
    }

    public synchronized int maxPending() {
        return maxPending;
    }

    private synchronized Future<Appended> append(Append append) {
        if (unavailable) {
            return Future.succeededFuture(new Appended.Unavailable("test"));
        }
        int first = drafts.size();
        drafts.addAll(append.drafts());
        groups.add(append.drafts().size());
        Promise<Appended> promise = Promise.promise();
        held.add(new Resting(first, append, promise));
        pending += append.drafts().size();
        notifyAll();
        maxPending = Math.max(maxPending, pending);
        if (pending >= holdUntil || drafts.size() >= expected) {
            answerAll();
        }
        return promise.future();
    }

    /** The newest first: the order of the answers is not the order of the questions. */
    private void answerAll() {
        while (!held.isEmpty()) {
            Resting last = held.removeLast();
            pending -= last.append().drafts().size();
            last.promise().complete(durable(last.first(), last.append().drafts()));
        }
    }

    private Appended durable(int first, List<Draft> appended) {
        List<Receipt> receipts = new ArrayList<>();
        for (int i = 0; i < appended.size(); i++) {
            Identity identity = appended.get(i).identity();
            Receipt fresh = Receipt.stored(new EventId(EventId.PREFIX + (first + i)));
            Known earlier = identity == null
                    ? null
                    : known.putIfAbsent(identity.key(), new Known(fresh.id(), identity.digest()));
            receipts.add(earlier == null ? fresh : earlier.receipt(identity.digest()));
        }
        return new Appended.Durable(receipts);
    }
}
