package dev.sluice.fault;

import dev.sluice.time.Timers;

/** {@link Faults} for what is confined to one context, whose timers these are. */
public record Retries(Faults faults, Timers timers) {
    /** @see Faults#again */
    public Again again(String what) {
        return faults.again(what, timers);
    }

    /** @see Faults#each */
    public AgainEach each(String what) {
        return faults.each(what, timers);
    }
}
