package dev.sluice.journal;

import dev.sluice.event.EntryRef;
import dev.sluice.event.Event;
import dev.sluice.life.Epochs;
import java.util.Set;

/**
 * An event as a reader gets it.
 *
 * @param settledFor the webhooks for which a former holder noted that they are settled; empty for a new entry
 * @param epoch      of the lease under which it was read, or {@link Epochs#NONE}
 */
public record Entry(EntryRef ref, Event event, Set<String> settledFor, long epoch) {
    /** Of a free partition. */
    public Entry(EntryRef ref, Event event, Set<String> settledFor) {
        this(ref, event, settledFor, Epochs.NONE);
    }
}
