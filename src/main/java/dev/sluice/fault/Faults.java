package dev.sluice.fault;

import dev.sluice.time.Timers;

/** Where a pod's faults are told. Any thread. */
public final class Faults {
    /** For what runs without a pod around it. */
    public static final Faults UNCOUNTED = new Faults(FaultListener.NONE);

    private final FaultListener listener;

    public Faults(FaultListener listener) {
        this.listener = listener;
    }

    /**
     * @param what   in a few words, of a fixed set: it is logged, and the label of a meter
     * @param timers of the context to which what is tried is confined
     */
    public Again again(String what, Timers timers) {
        return new Again(what, timers, listener);
    }

    /** As {@link #again}, for many. */
    public AgainEach each(String what, Timers timers) {
        return new AgainEach(what, timers, listener);
    }

    /** @param kind of the records, in a word or two, of a fixed set */
    public Unreadables unreadable(String kind) {
        return new Unreadables(kind, listener);
    }
}
