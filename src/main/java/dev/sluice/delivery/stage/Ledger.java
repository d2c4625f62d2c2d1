package dev.sluice.delivery.stage;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.Parking;
import dev.sluice.delivery.Parking.Outcome;
import dev.sluice.delivery.Parking.Written;
import dev.sluice.fault.AgainEach;
import dev.sluice.fault.Retries;
import java.time.Duration;
import java.util.ArrayDeque;
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
        void written(LaneKey lane, List<Outcome> outcomes, Written written);
    }

    /** What one lane has to write. */
    private static final class Book {
        final LaneKey lane;
        final Deque<Outcome> outcomes = new ArrayDeque<>();
        /** The longest that any of them wants; it is the lane that rests. */
        Duration rest = Duration.ZERO;
        /** Bytes of all of them. */
        long weight;

        boolean out;

        Book(LaneKey lane) {
            this.lane = lane;
        }

        void add(Outcome outcome) {
            outcomes.add(outcome);
            weight += bytes(outcome);
        }

        void remove() {
            weight -= bytes(outcomes.remove());
        }

        /** Whatever became of them, it is another's to say. */
        List<Delivery> takeLost(Predicate<Delivery> isLost) {
            List<Delivery> lost = new ArrayList<>();
            outcomes.removeIf(one -> {
                boolean isAnothers = !(one instanceof Outcome.Finish) && isLost.test(one.delivery());
                if (isAnothers) {
                    weight -= bytes(one);
                    lost.add(one.delivery());
                }
                return isAnothers;
            });
            return lost;
        }

        void rest(Duration wanted) {
            rest = rest.compareTo(wanted) >= 0 ? rest : wanted;
        }
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
        return !books.containsKey(lane);
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
            write(book, page(book.outcomes), 0);
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
            books.remove(book.lane);
        }
        listener.written(book.lane, List.of(), Written.NOTHING);
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
        List<Outcome> page = page(book.outcomes);
        long bytes = page.stream().mapToLong(Ledger::bytes).sum();
        boolean hasRoom = bytes == 0 || out == 0 || out + bytes <= mostOut;
        if (hasRoom && !leaveLost(book)) {
            waiting.remove(book);
            write(book, page, bytes);
        }
        return hasRoom;
    }

    private void write(Book book, List<Outcome> page, long bytes) {
        Duration rest = book.rest;
        book.rest = Duration.ZERO;
        book.out = true;
        out += bytes;
        parking.write(book.lane, page, rest)
                .onComplete(done -> out -= bytes)
                .onSuccess(written -> {
                    book.out = false;
                    writes.worked(book.lane.webhookId());
                    done(book, page, written);
                })
                .onFailure(cause -> {
                    book.rest(rest);
                    writes.later(book.lane.webhookId(), cause, () -> {
                        book.out = false;
                        write(book);
                    });
                })
                .onComplete(done -> writeWaiting());
    }

    private List<Outcome> page(Deque<Outcome> outcomes) {
        long most = Math.min(PAGE_BYTES, mostOut);
        List<Outcome> page = new ArrayList<>();
        long bytes = 0;
        for (Outcome outcome : outcomes) {
            long size = bytes(outcome);
            if (page.size() == PAGE || (!page.isEmpty() && bytes + size > most)) {
                break;
            }
            page.add(outcome);
            bytes += size;
        }
        return page;
    }

    /** What Redis has is not written again; but who knows what it has after it was away. */
    private static long bytes(Outcome outcome) {
        return outcome instanceof Outcome.Finish ? 0 : outcome.delivery().bytes();
    }

    private void done(Book book, List<Outcome> page, Written written) {
        page.forEach(outcome -> book.remove());
        unwritten -= page.size();
        if (book.outcomes.isEmpty()) {
            books.remove(book.lane);
        }
        listener.written(book.lane, page, written);
        write(book);
    }
}
