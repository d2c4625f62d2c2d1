package dev.sluice.config;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every setting; {@code conf/sluice.yaml} holds each one with its default, unit and meaning. */
public record SluiceConfig(
        HttpConfig http,
        ManagementConfig management,
        RuntimeConfig runtime,
        RedisConfig redis,
        DataConfig data,
        JournalConfig journal,
        FanoutConfig fanout,
        DeliveryConfig delivery,
        AccessConfig access,
        SecretsConfig secrets,
        LogConfig log,
        TracingConfig tracing,
        Map<String, SourceConfig> sources) {
    private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::", "[::]");

    public SluiceConfig {
        Require.that(
                http.port() == 0 || http.port() != management.port() || areApart(http.host(), management.host()),
                "management.port: %d (expected: another one than http.port, or another host)",
                management.port());
        sources = Map.copyOf(sources);
    }

    /** A host that is not said is every address, or that of this machine alone: nobody knows yet. */
    private static boolean areApart(@Nullable String host, String other) {
        return host != null && !host.equals(other) && !EVERY_ADDRESS.contains(host) && !EVERY_ADDRESS.contains(other);
    }
}
