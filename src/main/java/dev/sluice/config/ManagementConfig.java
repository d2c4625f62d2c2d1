package dev.sluice.config;

/** The listener for metrics and health. */
public record ManagementConfig(String host, int port, ListenerTlsConfig tls) {
    public ManagementConfig {
        Require.port(port, "port");
    }
}
