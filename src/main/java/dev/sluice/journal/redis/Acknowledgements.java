package dev.sluice.journal.redis;

import dev.sluice.event.EntryRef;
import dev.sluice.fault.AgainEach;
import dev.sluice.fault.Outage;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.time.Timers;
import dev.sluice.time.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a turn acknowledges goes to Redis as one write at the end of the turn; what comes soon after a write waits a little for
 * company, since a write alone wakes Redis, and this loop for its answer. If that fails it goes with the next one, or
 * when Redis is back: before this reader claims anything on the same link, so it does not claim what it has done; and a second
 * later, as a master of a cluster may have said late that it could not yet.
 */
final class Acknowledgements {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** For which what comes after a write waits at most. */
    static final Duration COMPANY = Duration.ofMillis(10);

    /** No more wait: what a pod that dies has not acknowledged is delivered again. */
    static final int MOST_WAITING = 64;

    private final Vertx vertx;
    private final Timers timers;
    private final RedisLink link;
    private final Notes notes;
    private final AgainEach writes;

    // confined state
    private Map<String, List<String>> open = new HashMap<>();
    /** Keys of notes that nobody needs once these are acknowledged. */
    private List<String> done = new ArrayList<>();

    /** Acknowledged since the last write. */
    private int waiting;

    private boolean scheduled;
    /** There was a write not long ago. */
    private boolean recent;

    private boolean isLate;

    Acknowledgements(Vertx vertx, RedisLink link, Notes notes) {
        this(vertx, new VertxTimers(vertx), link, notes);
    }

    Acknowledgements(Vertx vertx, Timers timers, RedisLink link, Notes notes) {
        this.vertx = vertx;
        this.timers = timers;
        this.notes = notes;
        this.link = link;
        this.writes = link.againEach("acknowledge events");
        link.onUp(this::flush);
    }

    void add(EntryRef ref) {
        open.computeIfAbsent(ref.partition(), partition -> new ArrayList<>()).add(ref.entryId());
        String note = notes.take(ref);
        if (note != null) {
            done.add(note);
        }
        waiting++;
        if (!scheduled && (!recent || waiting >= MOST_WAITING)) {
            scheduled = true;
            vertx.runOnContext(endOfTurn -> flush());
        }
    }

    /** What failed meanwhile has a time of its own. */
    private void letOthersWait() {
        if (!recent) {
            recent = true;
            timers.after(COMPANY, () -> {
                recent = false;
                if (waiting > 0 && !scheduled) {
                    flush();
                }
            });
        }
    }

    Future<Void> flush() {
        scheduled = false;
        if (open.isEmpty()) {
            return Future.succeededFuture();
        }
        waiting = 0;
        letOthersWait();
        Map<String, List<String>> batch = open;
        open = new HashMap<>();
        List<Request> requests = new ArrayList<>(batch.size());
        batch.forEach((partition, ids) -> {
            Request request =
                    Request.cmd(Command.XACK).arg(Keys.events(partition)).arg(RedisJournalReader.GROUP);
            ids.forEach(request::arg);
            requests.add(request);
        });
        return link.batch(requests)
                .onSuccess(acknowledged -> forget())
                .<Void>mapEmpty()
                .recover(cause -> Outage.is(cause) ? failed(cause, batch) : eachAlone(batch, requests));
    }

    /** What is left of them if this fails runs out. */
    private void forget() {
        List<Request> requests =
                done.stream().map(key -> Request.cmd(Command.UNLINK).arg(key)).toList();
        done = new ArrayList<>();
        if (!requests.isEmpty()) {
            link.batch(requests);
        }
    }

    private Future<Void> failed(Throwable cause, Map<String, List<String>> batch) {
        keep(batch);
        if (!isLate) {
            isLate = true;
            timers.after(PAUSE, () -> {
                isLate = false;
                flush();
            });
        }
        return Future.failedFuture(cause);
    }

    /**
     * One partition that takes none does not keep those of the others. What it does not take is not kept either, or it
     * would grow without end: those events are read again.
     */
    private Future<Void> eachAlone(Map<String, List<String>> batch, List<Request> requests) {
        List<Future<?>> each = new ArrayList<>();
        List<String> partitions = List.copyOf(batch.keySet());
        for (int i = 0; i < requests.size(); i++) {
            each.add(writes.watch(partitions.get(i), link.send(requests.get(i))));
        }
        return Future.join(each).mapEmpty();
    }

    /** Acknowledging twice does no harm. */
    private void keep(Map<String, List<String>> batch) {
        batch.forEach((partition, ids) ->
                open.computeIfAbsent(partition, none -> new ArrayList<>()).addAll(ids));
    }
}
