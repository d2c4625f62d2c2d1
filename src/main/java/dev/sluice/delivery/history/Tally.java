package dev.sluice.delivery.history;

import dev.sluice.delivery.Fate;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.history.Report.CircuitNews;
import dev.sluice.delivery.policy.Circuit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to one webhook since the last report, but for the single attempts. Confined. */
final class Tally {
    final LaneKey lane;
    private boolean cleared;
    private boolean failed;
    private @Nullable AttemptRecord last;
    private @Nullable CircuitNews circuit;

    Tally(LaneKey lane) {
        this.lane = lane;
    }

    void attempted(AttemptRecord attempt) {
        last = attempt;
        if (attempt.fate() == Fate.DELIVERED) {
            clear();
        } else {
            failed = true;
        }
    }

    void clear() {
        cleared = true;
        failed = false;
    }

    void circuit(Circuit.State state, String reason) {
        circuit = new CircuitNews(state, reason);
    }

    /** As if what the other was told had been told here, after the rest. */
    Tally then(Tally later) {
        cleared |= later.cleared;
        failed = later.failed || (failed && !later.cleared);
        last = later.last == null ? last : later.last;
        circuit = later.circuit == null ? circuit : later.circuit;
        return this;
    }

    Report report(List<AttemptRecord> attempts) {
        return new Report(lane, attempts, cleared, failed, last, circuit);
    }
}
