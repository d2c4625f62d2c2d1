package dev.sluice.delivery.share;

import dev.sluice.memory.Quota;
import java.util.ArrayList;
import java.util.List;

/**
 * What all lanes of a pod draw on: the window of each fan-out, for deliveries that came from it; one pot for those that
 * Redis has, which were claimed, or are under way for long; and the bytes on the wire. Any thread.
 *
 * <p>Each fan-out has a pot of its own, since each has a window of its own: a lane that is modest with the sum of all may
 * hold one of them whole.
 */
public final class Pots {
    private final List<Pot> pots = new ArrayList<>();
    private final Quota wire;

    /**
     * @param fanouts of the window of each fan-out, by its number
     * @param parked  of deliveries that Redis has too
     * @param wire    bytes of the attempts that are under way
     */
    public Pots(List<Share> fanouts, Share parked, Quota wire) {
        fanouts.forEach(share -> pots.add(new Pot(share)));
        pots.add(new Pot(parked));
        this.wire = wire;
    }

    /** The number of the pot of what Redis has; those of the fan-outs have the fan-outs' numbers. */
    public int parked() {
        return pots.size() - 1;
    }

    /** Bytes of the windows of all fan-outs. */
    public long heldOfWindows() {
        return pots.subList(0, parked()).stream()
                .mapToLong(pot -> pot.bytes.get())
                .sum();
    }

    /** Bytes of what Redis has too. */
    public long heldOfParked() {
        return pots.get(parked()).bytes.get();
    }

    int size() {
        return pots.size();
    }

    Pot pot(int number) {
        return pots.get(number);
    }

    Quota wire() {
        return wire;
    }
}
