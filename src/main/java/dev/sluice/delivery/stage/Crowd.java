package dev.sluice.delivery.stage;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Lanes that wait for room on the wire, in turns. Confined to one event loop. */
final class Crowd {
    /** Looked at for each attempt that ends: what one gives back seldom is enough for more. */
    private static final int TURNS = 4;

    private final Set<Seat> waiting = new LinkedHashSet<>();

    void add(Seat seat) {
        waiting.add(seat);
    }

    /** Some room was given back: those that waited longest may look. Who finds too little waits behind the others. */
    void serve(Consumer<Seat> look) {
        for (int turn = Math.min(TURNS, waiting.size()); turn > 0 && !waiting.isEmpty(); turn--) {
            Iterator<Seat> first = waiting.iterator();
            Seat seat = first.next();
            first.remove();
            look.accept(seat);
        }
    }
}
