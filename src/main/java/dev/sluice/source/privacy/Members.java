package dev.sluice.source.privacy;

/**
 * The members of one object, some of which go, each with the one comma that goes with it: the comma before it if a member
 * before it stays, else the one after it. Offsets are bytes of the body. Not thread-safe.
 */
final class Members {
    private static final long NONE = -1;

    private final Splice splice;
    private long previousEnd = NONE;
    private boolean hasKept;
    /** Where the members begin that go before the first one that stays. */
    private long head = NONE;

    Members(Splice splice) {
        this.splice = splice;
    }

    /** @param from the quote that opens the member's name */
    void keep(long from) {
        if (head != NONE) {
            splice.cut(head, from);
            head = NONE;
        }
        hasKept = true;
    }

    /** @param to behind the value of the member that {@link #keep} announced */
    void kept(long to) {
        previousEnd = to;
    }

    void remove(long from, long to) {
        if (hasKept) {
            splice.cut(previousEnd, to);
        } else if (head == NONE) {
            head = from;
        }
        previousEnd = to;
    }

    void close() {
        if (head != NONE) {
            splice.cut(head, previousEnd);
        }
    }
}
