package dev.sluice.fanout;

import dev.sluice.event.EntryRef;
import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import dev.sluice.journal.Entry;
import dev.sluice.journal.JournalReader;
import dev.sluice.redis.trouble.RedisUnavailable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A journal whose reads are answered by hand, and that remembers what it was told. One thread. */
final class FakeReader implements JournalReader {
    private @Nullable Promise<List<Entry>> reading;
    private int asked;
    private int reads;
    private List<Entry> claimable = List.of();

    final List<EntryRef> acknowledged = new ArrayList<>();
    final List<EntryRef> released = new ArrayList<>();
    final List<EntryRef> refreshed = new ArrayList<>();
    final Map<EntryRef, List<String>> noted = new HashMap<>();
    final Set<Long> lost = new HashSet<>();
    final List<EntryRef> setAside = new ArrayList<>();
    int readAgain;
    boolean retired;
    boolean closed;

    static Entry entry(Event event, String... settledFor) {
        return new Entry(new EntryRef("f0", event.id().text()), event, Set.of(settledFor));
    }

    /** Read under a lease. */
    static Entry keyed(Event event, long epoch) {
        return new Entry(new EntryRef("k0", event.id().text()), event, Set.of(), epoch);
    }

    /** Answers the read that is out. */
    void answer(Entry... entries) {
        take().complete(List.of(entries));
    }

    void fail() {
        take().fail(new RedisUnavailable("Redis is away"));
    }

    private Promise<List<Entry>> take() {
        if (reading == null) {
            throw new IllegalStateException("no read is out");
        }
        Promise<List<Entry>> answered = reading;
        reading = null;
        return answered;
    }

    boolean isAsked() {
        return reading != null;
    }

    /** The limit of the last read. */
    int asked() {
        return asked;
    }

    int reads() {
        return reads;
    }

    /** What the next claim brings. */
    void offer(Entry... entries) {
        claimable = List.of(entries);
    }

    @Override
    public Future<List<Entry>> read(int limit, long bytes) {
        if (reading != null) {
            throw new IllegalStateException("one read at a time");
        }
        asked = limit;
        reads++;
        reading = Promise.promise();
        return reading.future();
    }

    @Override
    public Future<List<Entry>> claim(int limit, long bytes) {
        List<Entry> claimed = claimable.stream().limit(limit).toList();
        claimable = claimable.stream().skip(limit).toList();
        return Future.succeededFuture(claimed);
    }

    @Override
    public boolean owns(long epoch) {
        return !lost.contains(epoch);
    }

    @Override
    public void setAside(EntryRef ref) {
        setAside.add(ref);
    }

    @Override
    public void readAgain() {
        readAgain++;
    }

    @Override
    public void retire() {
        retired = true;
    }

    @Override
    public void acknowledge(EntryRef ref) {
        acknowledged.add(ref);
    }

    @Override
    public void noteSettled(EntryRef ref, EventId event, Collection<String> webhookIds) {
        noted.computeIfAbsent(ref, key -> new ArrayList<>()).addAll(webhookIds);
    }

    @Override
    public Future<Void> refresh(Collection<EntryRef> refs) {
        refreshed.addAll(refs);
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> release(Collection<EntryRef> refs) {
        released.addAll(refs);
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> close() {
        closed = true;
        return Future.succeededFuture();
    }
}
