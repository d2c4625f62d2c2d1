package dev.sluice.source.privacy;

import io.vertx.core.buffer.Buffer;

/**
 * The members of one object, some of which go, each with the one comma that goes with it: the comma before it if a member
 * before it stays, else the one after it. Offsets are bytes of the body. Not thread-safe.
 *
 * <p>Members that stay cost nothing: where one ends is not asked, the comma before one that goes is looked for backwards.
 */
final class Members {
    private static final long NONE = -1;

    private final Splice splice;
    private final Buffer body;
    private boolean hasKept;
    /** Where the members begin that go before the first one that stays, and where the last of them ends. */
    private long head = NONE;

    private long headEnd = NONE;

    Members(Splice splice, Buffer body) {
        this.splice = splice;
        this.body = body;
    }

    /** Whether {@link #keep} has to know where the next member begins. */
    boolean hasHead() {
        return head != NONE;
    }

    /** @param from the quote that opens the member's name; read only if there is a head */
    void keep(long from) {
        if (head != NONE) {
            splice.cut(head, from);
            head = NONE;
        }
        hasKept = true;
    }

    void remove(long from, long to) {
        if (hasKept) {
            splice.cut(comma(from), to);
        } else {
            head = head == NONE ? from : head;
            headEnd = to;
        }
    }

    /** Between two members there is nothing but white space and one comma. */
    private long comma(long from) {
        int at = (int) from - 1;
        while (body.getByte(at) != ',') {
            at--;
        }
        return at;
    }

    void close() {
        if (head != NONE) {
            splice.cut(head, headEnd);
        }
    }
}
