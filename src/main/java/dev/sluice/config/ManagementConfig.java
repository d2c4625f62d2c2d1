package dev.sluice.config;

/**
 * The listener for metrics and health.
 *
 * @param topWebhooks how many webhooks have metrics of their own, on each pod
 */
public record ManagementConfig(String host, int port, ListenerTlsConfig tls, int topWebhooks) {
    private static final int MOST = 100;

    public ManagementConfig {
        Require.port(port, "port");
        Require.that(topWebhooks >= 0 && topWebhooks <= MOST, "topWebhooks: %d (expected: 0 to %d)", topWebhooks, MOST);
    }
}
