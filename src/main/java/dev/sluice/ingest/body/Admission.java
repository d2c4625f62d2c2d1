package dev.sluice.ingest.body;

import dev.sluice.memory.Quota;

/**
 * How much is let in. Counts what really is in memory: a request that declares a large body and never sends it takes no
 * room from the others. Confined to one event loop; not thread-safe. The bytes are those of all loops of the pod.
 *
 * <p>One request may hold as much as it leaves free: a few clients that send large bodies, and never their ends, leave room
 * for the small ones of others.
 *
 * <p>Invariant: {@code pendingEvents} and {@code pendingBytes} are the sums over the holds that were not released.
 */
public final class Admission {
    public enum Offer {
        OPEN,
        /** Too much waits for the journal. */
        FULL,
        /** The pod is about to stop. */
        DRAINING
    }

    private final int maxEvents;
    private final Quota bytes;

    private int pendingEvents;
    private long pendingBytes;
    private boolean draining;

    public Admission(int maxEvents, Quota bytes) {
        this.maxEvents = maxEvents;
        this.bytes = bytes;
    }

    /** @param bodyBytes that will come, or 0 if nobody knows */
    public Offer offer(long bodyBytes) {
        if (draining) {
            return Offer.DRAINING;
        }
        return isFull() || !hasRoom(0, bodyBytes) ? Offer.FULL : Offer.OPEN;
    }

    public boolean isFull() {
        return pendingEvents >= maxEvents || !hasRoom(0, 0);
    }

    /** Whether who holds so many bytes, and takes more, leaves at least as many free; some in any case. */
    private boolean hasRoom(long held, long more) {
        long free = bytes.free();
        boolean hasRoom = free > 0 && held + 2 * more <= free;
        if (!hasRoom) {
            bytes.refused();
        }
        return hasRoom;
    }

    /** For good. */
    public void drain() {
        draining = true;
    }

    public Hold hold() {
        return new Hold();
    }

    int pendingEvents() {
        return pendingEvents;
    }

    long pendingBytes() {
        return pendingBytes;
    }

    /** What one request holds. */
    public final class Hold {
        private int events;
        private long held;

        /** False, and nothing is held, if there is no room. */
        public boolean bytes(long more) {
            if (!hasRoom(held, more) || !bytes.take(more)) {
                return false;
            }
            held += more;
            pendingBytes += more;
            return true;
        }

        /** False, and nothing is held, if there is no room. */
        public boolean events(int more) {
            if (pendingEvents + more > maxEvents) {
                return false;
            }
            force(more);
            return true;
        }

        /** Beyond the limit if need be: for a stream, which stops reading instead of refusing. */
        public void force(int more) {
            events += more;
            pendingEvents += more;
        }

        /** Gives back a part; never more than is held. */
        public void done(int fewerEvents, long fewerBytes) {
            int givenEvents = Math.min(fewerEvents, events);
            long givenBytes = Math.min(fewerBytes, held);
            events -= givenEvents;
            pendingEvents -= givenEvents;
            held -= givenBytes;
            pendingBytes -= givenBytes;
            bytes.giveBack(givenBytes);
        }

        public int events() {
            return events;
        }

        /** Gives back what is still held. */
        public void release() {
            done(events, held);
        }
    }
}
