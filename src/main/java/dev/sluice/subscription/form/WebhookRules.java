package dev.sluice.subscription.form;

import java.time.Duration;

/**
 * What a webhook gets where its owner says nothing.
 *
 * @param timeout     100 ms to 60 s
 * @param maxInFlight 1 to 1000
 * @param keyGrace    how long a signing key still signs after it was replaced
 */
public record WebhookRules(Duration timeout, int maxInFlight, Duration keyGrace) {
    static final Duration MIN_TIMEOUT = Duration.ofMillis(100);
    static final Duration MAX_TIMEOUT = Duration.ofSeconds(60);
    static final int MAX_IN_FLIGHT = 1000;

    public static final WebhookRules DEFAULT = new WebhookRules(Duration.ofSeconds(15), 16, Duration.ofDays(1));

    public WebhookRules {
        if (timeout.compareTo(MIN_TIMEOUT) < 0 || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException("timeout: %s (expected: 100 ms to 60 s)".formatted(timeout));
        }
        if (maxInFlight < 1 || maxInFlight > MAX_IN_FLIGHT) {
            throw new IllegalArgumentException(
                    "maxInFlight: %d (expected: 1 to %d)".formatted(maxInFlight, MAX_IN_FLIGHT));
        }
    }
}
