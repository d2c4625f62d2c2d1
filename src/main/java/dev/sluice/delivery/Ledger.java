package dev.sluice.delivery;

import dev.sluice.delivery.Parking.LaneKey;
import dev.sluice.delivery.Parking.Outcome;
import dev.sluice.delivery.Parking.Written;
import dev.sluice.time.Timers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes what became of deliveries to Redis, what belongs to one lane and one turn as one script, again and again until
 * Redis has it. One write of a lane is out at a time, so that its outcomes are written in the order in which they were
 * given: what follows is collected meanwhile, and makes larger scripts. What waits is bounded by the deliveries that this
 * pod holds: they are held until they are written. Confined to one event loop.
 */
final class Ledger {
    private static final Duration RETRY = Duration.ofMillis(500);
    /** What one script writes at most, so that Redis is never busy with one for long: outcomes, and bytes of data. */
    private static final int PAGE = 200;

    private static final int PAGE_BYTES = 1 << 20;

    private final Parking parking;
    private final EndOfTurn endOfTurn;
    private final Timers timers;
    private final Listener listener;

    // confined state
    private final Map<LaneKey, Book> books = new LinkedHashMap<>();
    private boolean scheduled;
    private int unwritten;

    /** Told what Redis has. */
    interface Listener {
        void written(LaneKey lane, List<Outcome> outcomes, Written written);
    }

    /** What one lane has to write. */
    private static final class Book {
        final Deque<Outcome> outcomes = new ArrayDeque<>();
        /** The longest that any of them wants; it is the lane that is held. */
        Duration hold = Duration.ZERO;

        boolean out;

        void hold(Duration wanted) {
            hold = hold.compareTo(wanted) >= 0 ? hold : wanted;
        }
    }

    Ledger(Parking parking, EndOfTurn endOfTurn, Timers timers, Listener listener) {
        this.parking = parking;
        this.endOfTurn = endOfTurn;
        this.timers = timers;
        this.listener = listener;
    }

    void write(LaneKey lane, Outcome outcome, Duration hold) {
        unwritten++;
        Book book = books.computeIfAbsent(lane, key -> new Book());
        book.outcomes.add(outcome);
        book.hold(hold);
        if (!scheduled) {
            scheduled = true;
            endOfTurn.run(this::flush);
        }
    }

    /** Deliveries that Redis does not have yet. */
    int unwritten() {
        return unwritten;
    }

    /** Whether Redis has all of the lane. */
    boolean isWritten(LaneKey lane) {
        return !books.containsKey(lane);
    }

    private void flush() {
        scheduled = false;
        List.copyOf(books.keySet()).forEach(this::write);
    }

    private void write(LaneKey lane) {
        Book book = books.get(lane);
        if (book == null || book.out) {
            return;
        }
        List<Outcome> page = page(book.outcomes);
        Duration hold = book.hold;
        book.hold = Duration.ZERO;
        book.out = true;
        parking.write(lane, page, hold)
                .onSuccess(written -> {
                    book.out = false;
                    done(lane, book, page, written);
                })
                .onFailure(cause -> {
                    book.hold(hold);
                    timers.after(RETRY, () -> {
                        book.out = false;
                        write(lane);
                    });
                });
    }

    private static List<Outcome> page(Deque<Outcome> outcomes) {
        List<Outcome> page = new ArrayList<>();
        int bytes = 0;
        for (Outcome outcome : outcomes) {
            int size = outcome.delivery().isParked()
                    ? 0
                    : outcome.delivery().event().data().length();
            if (page.size() == PAGE || (!page.isEmpty() && bytes + size > PAGE_BYTES)) {
                break;
            }
            page.add(outcome);
            bytes += size;
        }
        return page;
    }

    private void done(LaneKey lane, Book book, List<Outcome> page, Written written) {
        page.forEach(outcome -> book.outcomes.remove());
        unwritten -= page.size();
        if (book.outcomes.isEmpty()) {
            books.remove(lane);
        }
        listener.written(lane, page, written);
        write(lane);
    }
}
