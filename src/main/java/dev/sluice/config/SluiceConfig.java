package dev.sluice.config;

import java.util.Map;

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
        Map<String, SourceConfig> sources) {
    public SluiceConfig {
        sources = Map.copyOf(sources);
    }
}
