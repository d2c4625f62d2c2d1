package dev.sluice.delivery.stage;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.Outcome;
import dev.sluice.delivery.Parking;
import dev.sluice.delivery.Parking.Written;
import dev.sluice.fault.AgainEach;
import dev.sluice.fault.Retries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Writes what became of deliveries to Redis, what belongs to one lane and one turn as one script, again and again until
 * Redis has it. One write of a lane is out at a time, so that its outcomes are written in the order in which they were
 * given: what follows is collected meanwhile, and makes larger scripts. What waits is bounded by the deliveries that this
 * pod holds: they are held until they are written. Nor are many bytes out at a time, over all lanes: what is out is in
 * memory three times, as a delivery, as a command and in the socket. What others may be at by then is not written, but that
 * it has ended: it would come again, behind what came after it. Confined to one event loop.
 */
final class Ledger {
    /** What one script writes at most, so that Redis is never busy with one for long: outcomes, and bytes of data. */
    private static final int PAGE = 200;

    private static final int PAGE_BYTES = 1 << 20;

    private final Parking parking;
    private final long mostOut;
    private final EndOfTurn endOfTurn;
    private final AgainEach writes;
    private final Listener listener;
    private final Predicate<Delivery> isLost;

    // confined state
    private final Map<LaneKey, Book> books = new LinkedHashMap<>();
    private boolean scheduled;
    /** Got something in this turn. */
    private final Set<Book> grown = new LinkedHashSet<>();

    private int unwritten;
    private long out;
    /** Wait for room, in turns. None of them is out. */
    private final Set<Book> waiting = new LinkedHashSet<>();

    private boolean writing;

    /** Told what Redis has. */
    interface Listener {
        /** A page was done. */
        void written(LaneKey lane, Written written);

        /** These need the journal no more, whatever happens to Redis; or there is nothing to write of what there was. */
        void kept(List<Outcome> outcomes);
    }

    /**
     * @param mostOut bytes that may be on their way to Redis at once, or one page
     * @param isLost  whether others may be at it
     */
    Ledger(
            Parking parking,
            long mostOut,
            EndOfTurn endOfTurn,
            Retries retries,
            Listener listener,
            Predicate<Delivery> isLost) {
        this.parking = parking;
        this.mostOut = mostOut;
        this.endOfTurn = endOfTurn;
        this.writes = retries.each("write what became of deliveries");
        this.listener = listener;
        this.isLost = isLost;
    }

    void write(LaneKey lane, Outcome outcome, Duration rest) {
        unwritten++;
        Book book = books.computeIfAbsent(lane, Book::new);
        book.add(outcome);
        book.rest(rest);
        grown.add(book);
        if (!scheduled) {
            scheduled = true;
            endOfTurn.run(this::flush);
        }
    }

    /** Nothing is written of it, and nothing was since this pod got it. */
    void forget(Delivery delivery) {
        if (delivery.isParked()) {
            parking.forgotten(delivery.id());
        }
    }

    /** Deliveries that Redis does not have yet. */
    int unwritten() {
        return unwritten;
    }

    /** Parked deliveries that have ended, which Redis does not know yet. */
    Map<LaneKey, List<String>> ended() {
        Map<LaneKey, List<String>> ended = new HashMap<>();
        books.forEach((lane, book) -> ended.put(
                lane,
                book.outcomes.stream()
                        .filter(Outcome.Finish.class::isInstance)
                        .map(outcome -> outcome.delivery().id())
                        .collect(Collectors.toCollection(ArrayList::new))));
        return ended;
    }

    /** Whether Redis has all of the lane. */
    boolean isWritten(LaneKey lane) {
        Book book = books.get(lane);
        return book == null || book.outcomes.isEmpty();
    }

    private void flush() {
        scheduled = false;
        List<Book> all = List.copyOf(grown);
        grown.clear();
        all.forEach(this::write);
    }

    /** What weighs nothing goes at once. */
    private void write(Book book) {
        if (book.out || book.outcomes.isEmpty()) {
            return;
        }
        if (book.weight == 0) {
            write(book, page(book.outcomes));
        } else {
            waiting.add(book);
            writeWaiting();
        }
    }

    /** Answers whether there was any. */
    private boolean leaveLost(Book book) {
        List<Delivery> lost = book.takeLost(isLost);
        if (lost.isEmpty()) {
            return false;
        }
        lost.forEach(this::forget);
        unwritten -= lost.size();
        if (book.outcomes.isEmpty()) {
            waiting.remove(book);
        }
        endIfEmpty(book);
        listener.kept(List.of());
        return true;
    }

    private void writeWaiting() {
        if (writing) {
            return; // a write that ended at once, as while Redis is away, re-enters here; the loop below goes on
        }
        writing = true;
        try {
            while (!waiting.isEmpty() && writeFirst()) {
                // until the first has to wait for room: were it overtaken, it might wait for ever
            }
        } finally {
            writing = false;
        }
    }

    private boolean writeFirst() {
        Book book = waiting.iterator().next();
        Book.Page page = page(book.outcomes);
        boolean hasRoom = page.bytes == 0 || out == 0 || out + page.bytes <= mostOut;
        if (hasRoom && !leaveLost(book)) {
            waiting.remove(book);
            write(book, page);
        }
        return hasRoom;
    }

    private void write(Book book, Book.Page page) {
        Duration rest = book.rest;
        page.rest = rest;
        int turn = book.turns;
        book.rest = Duration.ZERO;
        book.out = true;
        out += page.bytes;
        parking.write(book.lane, page.outcomes, rest, () -> !page.hasLost(isLost))
                .onComplete(done -> out -= page.bytes)
                .onSuccess(written -> {
                    book.out = false;
                    writes.worked(book.lane.webhookId());
                    if (turn == book.turns) {
                        done(book, page, written);
                    }
                    write(book);
                })
                .onFailure(cause -> {
                    book.rest(rest);
                    later(book, cause);
                })
                .onComplete(done -> writeWaiting());
    }

    private void later(Book book, Throwable cause) {
        writes.later(book.lane.webhookId(), cause, () -> {
            book.out = false;
            write(book);
        });
    }

    private Book.Page page(Deque<Outcome> outcomes) {
        long most = Math.min(PAGE_BYTES, mostOut);
        Book.Page page = new Book.Page();
        for (Outcome outcome : outcomes) {
            boolean isFull = page.outcomes.size() == PAGE || page.bytes + Book.bytes(outcome) > most;
            if (isFull && !page.outcomes.isEmpty()) {
                break;
            }
            page.add(outcome);
        }
        return page;
    }

    /** What follows need not wait until it is kept: Redis has it in their order. */
    private void done(Book book, Book.Page page, Written written) {
        page.outcomes.forEach(outcome -> book.remove());
        book.unkept.add(page);
        listener.written(book.lane, written);
        written.kept().onSuccess(kept -> kept(book, page)).onFailure(cause -> takeBack(book, page, cause));
    }

    /** In their order: what is taken back takes all with it that was built on it. */
    private void kept(Book book, Book.Page page) {
        page.isKept = true;
        for (Book.Page kept = book.nextKept(); kept != null; kept = book.nextKept()) {
            unwritten -= kept.outcomes.size();
            endIfEmpty(book);
            listener.kept(kept.outcomes);
        }
    }

    /** Redis may have lost it. Those behind it went the same way, so they go again, too, and in their order. */
    private void takeBack(Book book, Book.Page page, Throwable cause) {
        if (!book.unkept.contains(page)) {
            return; // with one before it
        }
        book.takeBack(page);
        waiting.remove(book);
        if (!book.out) {
            book.out = true;
            later(book, cause);
        }
    }

    private void endIfEmpty(Book book) {
        if (book.isEmpty()) {
            books.remove(book.lane, book);
        }
    }
}
