package dev.sluice.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The listener for the API and ingest. A null host means loopback without a key, any address with one. */
public record HttpConfig(
        @Nullable String host,
        int port,
        List<String> allowedHosts,
        ListenerTlsConfig tls,
        int maxBodyBytes,
        int maxHeaderBytes,
        int maxPendingEvents,
        Duration idleTimeout,
        Playground playground) {
    public HttpConfig {
        Require.port(port, "port");
        allowedHosts = List.copyOf(allowedHosts);
        Require.that(maxBodyBytes > 0, "maxBodyBytes: %d (expected: > 0)", maxBodyBytes);
        Require.that(maxHeaderBytes >= 1024, "maxHeaderBytes: %d (expected: >= 1024)", maxHeaderBytes);
        Require.that(maxPendingEvents > 0, "maxPendingEvents: %d (expected: > 0)", maxPendingEvents);
        Require.positive(idleTimeout, "idleTimeout");
    }

    /** When the receivers of the playground are there. */
    public enum Playground {
        /** While there is no API key. */
        KEYLESS,
        ALWAYS,
        NEVER
    }
}
