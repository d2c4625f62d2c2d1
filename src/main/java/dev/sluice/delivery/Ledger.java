package dev.sluice.delivery;

import dev.sluice.delivery.Parking.LaneKey;
import dev.sluice.delivery.Parking.Outcome;
import dev.sluice.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes what became of deliveries to Redis, what belongs to one lane and one turn as one script, again and again until
 * Redis has it. What Redis did not take waits for one timer, in order, and is bounded by the deliveries that this pod
 * holds: they are held until they are written. Confined to one event loop.
 */
final class Ledger {
    private static final Duration RETRY = Duration.ofMillis(500);
    /** What one script writes at most, so that Redis is never busy with one for long: outcomes, and bytes of data. */
    private static final int PAGE = 200;

    private static final int PAGE_BYTES = 1 << 20;

    private final Parking parking;
    private final EndOfTurn endOfTurn;
    private final Timers timers;
    private final Consumer<Delivery> written;

    // confined state
    private Map<LaneKey, Page> open = new HashMap<>();
    private Map<LaneKey, Page> failed = new HashMap<>();
    private boolean scheduled;
    private int unwritten;

    private static final class Page {
        final List<Outcome> outcomes = new ArrayList<>();
        /** The longest that any of them wants; it is the lane that is held. */
        Duration hold = Duration.ZERO;

        void add(List<Outcome> more, Duration wanted) {
            outcomes.addAll(more);
            hold = hold.compareTo(wanted) >= 0 ? hold : wanted;
        }
    }

    /** @param written told of each delivery when Redis has it */
    Ledger(Parking parking, EndOfTurn endOfTurn, Timers timers, Consumer<Delivery> written) {
        this.parking = parking;
        this.endOfTurn = endOfTurn;
        this.timers = timers;
        this.written = written;
    }

    void write(LaneKey lane, Outcome outcome, Duration hold) {
        unwritten++;
        open.computeIfAbsent(lane, key -> new Page()).add(List.of(outcome), hold);
        if (!scheduled) {
            scheduled = true;
            endOfTurn.run(this::flush);
        }
    }

    /** Deliveries that Redis does not have yet. */
    int unwritten() {
        return unwritten;
    }

    private void flush() {
        scheduled = false;
        Map<LaneKey, Page> pages = open;
        open = new HashMap<>();
        pages.forEach(this::write);
    }

    private void write(LaneKey lane, Page page) {
        List<Outcome> part = new ArrayList<>();
        int bytes = 0;
        for (Outcome outcome : page.outcomes) {
            int size = outcome.delivery().isParked()
                    ? 0
                    : outcome.delivery().event().data().length();
            if (part.size() == PAGE || (!part.isEmpty() && bytes + size > PAGE_BYTES)) {
                write(lane, part, page.hold);
                part = new ArrayList<>();
                bytes = 0;
            }
            part.add(outcome);
            bytes += size;
        }
        write(lane, part, page.hold);
    }

    private void write(LaneKey lane, List<Outcome> outcomes, Duration hold) {
        parking.write(lane, outcomes, hold)
                .onSuccess(done -> {
                    unwritten -= outcomes.size();
                    outcomes.forEach(outcome -> written.accept(outcome.delivery()));
                })
                .onFailure(cause -> keep(lane, outcomes, hold));
    }

    private void keep(LaneKey lane, List<Outcome> outcomes, Duration hold) {
        if (failed.isEmpty()) {
            timers.after(RETRY, this::writeAgain);
        }
        failed.computeIfAbsent(lane, key -> new Page()).add(outcomes, hold);
    }

    private void writeAgain() {
        Map<LaneKey, Page> pages = failed;
        failed = new HashMap<>();
        pages.forEach(this::write);
    }
}
