package dev.sluice.ingest;

/**
 * How much is let in. Counts what really is in memory: a request that declares a large body and never sends it takes no
 * room from the others. Confined to one event loop; not thread-safe.
 *
 * <p>Invariant: {@code pendingEvents} and {@code pendingBytes} are the sums over the holds that were not released.
 */
final class Admission {
    enum Offer {
        OPEN,
        /** Too much waits for the journal. */
        FULL,
        /** The pod is about to stop. */
        DRAINING
    }

    private final int maxEvents;
    private final long maxBytes;

    private int pendingEvents;
    private long pendingBytes;
    private boolean draining;

    Admission(int maxEvents, long maxBytes) {
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
    }

    /** @param bodyBytes that will come, or 0 if nobody knows */
    Offer offer(long bodyBytes) {
        if (draining) {
            return Offer.DRAINING;
        }
        return isFull() || pendingBytes + bodyBytes > maxBytes ? Offer.FULL : Offer.OPEN;
    }

    boolean isFull() {
        return pendingEvents >= maxEvents || pendingBytes >= maxBytes;
    }

    /** For good. */
    void drain() {
        draining = true;
    }

    Hold hold() {
        return new Hold();
    }

    int pendingEvents() {
        return pendingEvents;
    }

    long pendingBytes() {
        return pendingBytes;
    }

    /** What one request holds. */
    final class Hold {
        private int events;
        private long bytes;

        /** False, and nothing is held, if there is no room. */
        boolean bytes(long more) {
            if (pendingBytes + more > maxBytes) {
                return false;
            }
            bytes += more;
            pendingBytes += more;
            return true;
        }

        /** False, and nothing is held, if there is no room. */
        boolean events(int more) {
            if (pendingEvents + more > maxEvents) {
                return false;
            }
            force(more);
            return true;
        }

        /** Beyond the limit if need be: for a stream, which stops reading instead of refusing. */
        void force(int more) {
            events += more;
            pendingEvents += more;
        }

        /** Gives back a part; never more than is held. */
        void done(int fewerEvents, long fewerBytes) {
            int givenEvents = Math.min(fewerEvents, events);
            long givenBytes = Math.min(fewerBytes, bytes);
            events -= givenEvents;
            pendingEvents -= givenEvents;
            bytes -= givenBytes;
            pendingBytes -= givenBytes;
        }

        int events() {
            return events;
        }

        /** Gives back what is still held. */
        void release() {
            done(events, bytes);
        }
    }
}
