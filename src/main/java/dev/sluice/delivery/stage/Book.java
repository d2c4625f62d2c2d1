package dev.sluice.delivery.stage;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the {@link Ledger} has to write of one lane, and what it wrote that is not kept yet. */
final class Book {
    final LaneKey lane;
    final Deque<Outcome> outcomes = new ArrayDeque<>();
    /** Pages that Redis has, and may lose by a failover. */
    final Deque<Page> unkept = new ArrayDeque<>();
    /** The longest that any of them wants; it is the lane that rests. */
    Duration rest = Duration.ZERO;
    /** Bytes of all that are to be written. */
    long weight;

    boolean out;
    /** How often what was written had to be written again: a page that was out then is, too. */
    int turns;

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

    /** The first page, if it is kept; it is not held any more then. */
    @Nullable
    Page nextKept() {
        Page first = unkept.peek();
        return first != null && first.isKept ? unkept.remove() : null;
    }

    /** In front of all that came later: the page, and those behind it. */
    void takeBack(Page page) {
        turns++;
        Page last;
        do {
            last = unkept.removeLast();
            rest(last.rest);
            for (int i = last.outcomes.size() - 1; i >= 0; i--) {
                outcomes.addFirst(last.outcomes.get(i));
                weight += bytes(last.outcomes.get(i));
            }
        } while (last != page);
    }

    boolean isEmpty() {
        return outcomes.isEmpty() && unkept.isEmpty();
    }

    /** Whatever became of them, it is another's to say. */
    List<Delivery> takeLost(Predicate<Delivery> isLost) {
        List<Delivery> lost = new ArrayList<>();
        outcomes.removeIf(one -> {
            boolean isAnothers = isAnothers(one, isLost);
            if (isAnothers) {
                weight -= bytes(one);
                lost.add(one.delivery());
            }
            return isAnothers;
        });
        return lost;
    }

    /** That it has ended is true, whoever has it. */
    private static boolean isAnothers(Outcome one, Predicate<Delivery> isLost) {
        return !(one instanceof Outcome.Finish) && isLost.test(one.delivery());
    }

    void rest(Duration wanted) {
        rest = rest.compareTo(wanted) >= 0 ? rest : wanted;
    }

    /** What is written at once. */
    static final class Page {
        final List<Outcome> outcomes = new ArrayList<>();
        long bytes;
        /** That was written with it. */
        Duration rest = Duration.ZERO;

        boolean isKept;

        void add(Outcome outcome) {
            outcomes.add(outcome);
            bytes += Book.bytes(outcome);
        }

        boolean hasLost(Predicate<Delivery> isLost) {
            return outcomes.stream().anyMatch(one -> isAnothers(one, isLost));
        }
    }

    /** What Redis has is not written again; but who knows what it has after it was away. */
    static long bytes(Outcome outcome) {
        return outcome instanceof Outcome.Finish ? 0 : outcome.delivery().bytes();
    }
}
