package dev.sluice.time;

import java.time.Duration;

/** Timers of one context; actions run on it. */
public interface Timers {
    /** Runs once. */
    Timer after(Duration delay, Runnable action);

    /** Runs again and again, first within one period. */
    Timer every(Duration period, Runnable action);

    @FunctionalInterface
    interface Timer {
        /** No effect on an action that ran or was cancelled before. */
        void cancel();
    }
}
