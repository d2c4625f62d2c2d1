package dev.sluice.source.privacy;

import io.vertx.core.buffer.Buffer;

/** What an object says about itself while it is read: whether it looks like a user, and who it is. Not thread-safe. */
final class UserTraits {
    private static final int USERNAME = 1;
    private static final int EMAIL = 2;
    private static final int PROVIDER = 4;
    private static final int USER = USERNAME | EMAIL | PROVIDER;

    private int marks;
    private int members;
    private int ids;
    private boolean hasCount;
    private long[] ranges = {};

    /** @return whether the member is part of the object's identity, if it is a scalar */
    boolean note(String name) {
        members++;
        switch (name) {
            case "username" -> marks |= USERNAME;
            case "email" -> marks |= EMAIL;
            case "provider" -> marks |= PROVIDER;
            case "count" -> hasCount = true;
            case "id", "_id", "documentId" -> {
                return true;
            }
            default -> {}
        }
        return false;
    }

    /** @param from the quote that opens the member's name */
    void id(long from, long to) {
        long[] more = new long[ranges.length + 2];
        System.arraycopy(ranges, 0, more, 0, ranges.length);
        more[ranges.length] = from;
        more[ranges.length + 1] = to;
        ranges = more;
        ids++;
    }

    boolean isUser() {
        return marks == USER;
    }

    /** Whether there is something else to lose. A relation that Strapi 4 only counts says nothing about anybody. */
    boolean hasMore() {
        boolean isOnlyCounted = hasCount && members == 1;
        return members > ids && !isOnlyCounted;
    }

    /** The object with nothing but its identity, in the bytes that came. */
    Buffer reduced(Buffer body) {
        Buffer object = Buffer.buffer("{");
        for (int i = 0; i < ranges.length; i += 2) {
            if (i > 0) {
                object.appendString(",");
            }
            object.appendBuffer(body, (int) ranges[i], (int) (ranges[i + 1] - ranges[i]));
        }
        return object.appendString("}");
    }
}
