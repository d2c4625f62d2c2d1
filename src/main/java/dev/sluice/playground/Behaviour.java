package dev.sluice.playground;

import java.time.Duration;

/**
 * What a receiver answers.
 *
 * @param status     0: it never answers
 * @param retryAfter in seconds; 0: it does not say
 */
record Behaviour(int status, Duration delay, int retryAfter) {
    static final int SILENT = 0;
    static final Behaviour WELL = new Behaviour(204, Duration.ZERO, 0);

    boolean isSilent() {
        return status == SILENT;
    }
}
