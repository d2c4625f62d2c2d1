package dev.sluice.delivery.stage;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Lanes that wait for room on the wire, in turns. Confined to one event loop. */
final class Crowd {
    /** Looked at for each attempt that ends: what one gives back seldom is enough for more. */
    private static final int TURNS = 4;

    // confined state
    private final Set<Seat> waiting = new LinkedHashSet<>();
    private boolean serving;
    private int turns;

    void add(Seat seat) {
        waiting.add(seat);
    }

    /** Some room was given back: those that waited longest may look. Who finds too little waits behind the others. */
    void serve(Consumer<Seat> look) {
        turns = Math.max(turns, Math.min(TURNS, waiting.size()));
        if (serving) {
            return; // an attempt that ended at once re-enters here; the loop below goes on
        }
        serving = true;
        try {
            while (turns > 0 && !waiting.isEmpty()) {
                turns--;
                Iterator<Seat> first = waiting.iterator();
                Seat seat = first.next();
                first.remove();
                look.accept(seat);
            }
        } finally {
            serving = false;
            turns = 0;
        }
    }
}
