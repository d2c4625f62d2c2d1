package dev.sluice.delivery;

import dev.sluice.delivery.Parking.LaneKey;
import dev.sluice.delivery.Parking.Outcome;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes what became of deliveries to Redis, what belongs to one lane and one turn as one script, again and again until
 * Redis has it. Bounded by the deliveries that this pod holds: they are held until they are written. Confined to one
 * event loop.
 */
final class Ledger {
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final int PAGE = 200;

    private final Parking parking;
    private final EndOfTurn endOfTurn;
    private final Timers timers;
    private final Consumer<Delivery> written;

    // confined state
    private Map<LaneKey, Page> open = new HashMap<>();
    private boolean scheduled;
    private int unwritten;

    private static final class Page {
        final List<Outcome> outcomes = new ArrayList<>();
        Duration hold = Duration.ZERO;
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
        put(lane, outcome, hold);
        if (!scheduled) {
            scheduled = true;
            endOfTurn.run(this::flush);
        }
    }

    /** Deliveries that Redis does not have yet. */
    int unwritten() {
        return unwritten;
    }

    private void put(LaneKey lane, Outcome outcome, Duration hold) {
        Page page = open.computeIfAbsent(lane, key -> new Page());
        page.outcomes.add(outcome);
        page.hold = page.hold.compareTo(hold) >= 0 ? page.hold : hold;
    }

    private void flush() {
        scheduled = false;
        Map<LaneKey, Page> pages = open;
        open = new HashMap<>();
        pages.forEach((lane, page) -> {
            for (int from = 0; from < page.outcomes.size(); from += PAGE) {
                int to = Math.min(page.outcomes.size(), from + PAGE);
                write(lane, List.copyOf(page.outcomes.subList(from, to)), page.hold);
            }
        });
    }

    private Future<Void> write(LaneKey lane, List<Outcome> outcomes, Duration hold) {
        return parking.write(lane, outcomes, hold)
                .onSuccess(done -> {
                    unwritten -= outcomes.size();
                    outcomes.forEach(outcome -> written.accept(outcome.delivery()));
                })
                .onFailure(cause -> timers.after(RETRY, () -> write(lane, outcomes, hold)));
    }
}
