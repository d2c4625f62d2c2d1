package dev.sluice.journal;

import dev.sluice.event.EntryRef;
import dev.sluice.event.EventId;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;

/**
 * Reads the journal as one consumer of the group: an entry goes to one reader, and stays its reader's until it is
 * acknowledged, released, its pod died, or its reader did not refresh it for {@code claimAfter}. Confined to one event loop.
 */
public interface JournalReader {
    /**
     * New entries, about {@code limit} of them; none if nothing came for a while. One read at a time. What is read in an
     * epoch comes in the order in which it was accepted, beginning with what other readers left undone.
     *
     * @param bytes about so many of data, or one entry, where more may have piled up
     */
    Future<List<Entry>> read(int limit, long bytes);

    /** Nothing was read for a while, since there was no room: anything may have piled up. */
    default void paused() {}

    /** Entries that another reader held and did not refresh for {@code claimAfter}: at most as many, and as large. */
    Future<List<Entry>> claim(int limit, long bytes);

    /** Entries that readers of dead pods held: at most as many, and as large. Costs nothing while nobody died. */
    default Future<List<Entry>> inherit(int limit, long bytes) {
        return Future.succeededFuture(List.of());
    }

    /** Whether what was read in this epoch is still this reader's. Once false, false for ever. */
    default boolean owns(long epoch) {
        return true;
    }

    /** The entry needs nobody any more. Written with the others of this turn, or when Redis is back. */
    void acknowledge(EntryRef ref);

    /** Notes for whoever may take this entry over that some of its deliveries are settled. */
    void noteSettled(EntryRef ref, EventId event, Collection<String> webhookIds);

    /** Still at work on these: nobody shall claim them. */
    Future<Void> refresh(Collection<EntryRef> refs);

    /** Will not finish these: others may claim them at once. */
    Future<Void> release(Collection<EntryRef> refs);

    /**
     * Nothing can be done for it now, and it is held no more. It stays pending, and is read again: when it was idle for
     * {@code claimAfter}, or, where entries are read in an epoch, after {@link #readAgain}.
     */
    default void setAside(EntryRef ref) {}

    /** What was set aside is wanted now; epochs in which something was end for it, as soon as nothing else is under way. */
    default void readAgain() {}

    /** Will read no more, though what it holds is under way. */
    default void retire() {}

    Future<Void> close();
}
