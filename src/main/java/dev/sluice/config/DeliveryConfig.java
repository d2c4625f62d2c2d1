package dev.sluice.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Defaults and limits of deliveries. */
public record DeliveryConfig(
        Duration timeout,
        Duration connectTimeout,
        Duration idleTimeout,
        int maxInFlight,
        int laneCapacity,
        List<Duration> retryDelays,
        double retryJitter,
        Duration maxRetryAfter,
        int responseExcerptBytes,
        List<String> allowNetworks,
        boolean http2,
        @Nullable String caFile,
        @Nullable String proxy,
        List<String> noProxy,
        Duration keyGrace,
        Duration deadLetterRetention,
        KeptAttempts history,
        int attemptsPerWebhook,
        Duration disableAfter,
        ParkingConfig parking,
        CircuitConfig circuit,
        TransformConfig transform) {
    public DeliveryConfig {
        Require.that(
                timeout.toMillis() >= 100 && timeout.toMillis() <= 60_000,
                "timeout: %s (expected: 100ms to 60s)",
                timeout);
        Require.positive(connectTimeout, "connectTimeout");
        Require.that(
                idleTimeout.toSeconds() >= 1 && idleTimeout.toHours() <= 1,
                "idleTimeout: %s (expected: 1s to 1h)",
                idleTimeout);
        Require.that(maxInFlight > 0 && maxInFlight <= 1000, "maxInFlight: %d (expected: 1 to 1000)", maxInFlight);
        Require.that(laneCapacity > 0, "laneCapacity: %d (expected: > 0)", laneCapacity);
        retryDelays = List.copyOf(retryDelays);
        retryDelays.forEach(delay -> Require.positive(delay, "retryDelays"));
        Require.that(retryJitter >= 0 && retryJitter <= 1, "retryJitter: %s (expected: 0 to 1)", retryJitter);
        Require.positive(maxRetryAfter, "maxRetryAfter");
        Require.that(
                responseExcerptBytes >= 0 && responseExcerptBytes <= 1 << 20,
                "responseExcerptBytes: %d (expected: 0 to 1048576)",
                responseExcerptBytes);
        allowNetworks = List.copyOf(allowNetworks);
        Require.that(
                proxy == null || isProxy(proxy), "proxy: not shown (expected: http://[user:password@]host[:port])");
        noProxy = List.copyOf(noProxy);
        Require.positive(keyGrace, "keyGrace");
        Require.positive(deadLetterRetention, "deadLetterRetention");
        Require.that(
                attemptsPerWebhook > 0 && attemptsPerWebhook <= 100_000,
                "attemptsPerWebhook: %d (expected: 1 to 100000)",
                attemptsPerWebhook);
        Require.that(!disableAfter.isNegative(), "disableAfter: %s (expected: >= 0)", disableAfter);
    }

    /** Which attempts the history keeps. What it knows of a webhook as a whole it always keeps. */
    public enum KeptAttempts {
        /** Each one. */
        ALL,
        /** Those that did not deliver. */
        FAILURES,
        NONE
    }

    private static boolean isProxy(String text) {
        try {
            URI uri = new URI(text);
            boolean bare = uri.getRawPath() == null || uri.getRawPath().length() <= 1;
            return "http".equalsIgnoreCase(uri.getScheme())
                    && uri.getHost() != null
                    && bare
                    && uri.getRawQuery() == null;
        } catch (URISyntaxException noUri) {
            return false;
        }
    }
}
