package dev.sluice.delivery.send.http;

import dev.sluice.delivery.policy.SentAgain;
import org.jspecify.annotations.Nullable;

/** How often an attempt sent its request again, over all its addresses. Confined to one event loop. */
final class Repeats {
    private @Nullable SentAgain last;
    private boolean stale;
    private int undone;

    void add(SentAgain reason) {
        last = reason;
        stale |= reason == SentAgain.STALE;
        undone += reason == SentAgain.UNDONE ? 1 : 0;
    }

    /** Why it did so last; null: never. */
    @Nullable
    SentAgain last() {
        return last;
    }

    /** Whether once because a kept connection broke. */
    boolean wasStale() {
        return stale;
    }

    /** How often because the server said that it did nothing about it. */
    int timesUndone() {
        return undone;
    }
}
