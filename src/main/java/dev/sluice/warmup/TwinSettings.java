package dev.sluice.warmup;

import dev.sluice.config.AccessConfig;
import dev.sluice.config.DataConfig;
import dev.sluice.config.DeliveryConfig;
import dev.sluice.config.HttpConfig;
import dev.sluice.config.JournalConfig;
import dev.sluice.config.JournalConfig.Durability;
import dev.sluice.config.ListenerTlsConfig;
import dev.sluice.config.ManagementConfig;
import dev.sluice.config.RedisConfig;
import dev.sluice.config.RedisSentinelConfig;
import dev.sluice.config.RedisTlsConfig;
import dev.sluice.config.RuntimeConfig;
import dev.sluice.config.RuntimeConfig.PodRole;
import dev.sluice.config.SecretsConfig;
import dev.sluice.config.SluiceConfig;
import dev.sluice.config.TracingConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Those of the pod as far as they say how it works; none of those that say whom it serves, whom it asks and what it tells. */
final class TwinSettings {
    private static final String LOOPBACK = "127.0.0.1";
    private static final List<String> LOOPBACK_NETWORK = List.of("127.0.0.0/8");
    private static final Duration DRAIN = Duration.ofSeconds(2);

    /** What it keeps of events that are delivered: what it takes of the machine beside the heap. */
    private static final long MOST_KEPT = 8 << 20;

    private TwinSettings() {}

    static SluiceConfig of(SluiceConfig pod, Path folder, String adminKey) {
        return new SluiceConfig(
                http(pod.http()),
                new ManagementConfig(
                        LOOPBACK, 0, ListenerTlsConfig.NONE, pod.management().topWebhooks()),
                new RuntimeConfig(pod.runtime().eventLoops(), List.of(PodRole.values()), DRAIN, Duration.ZERO),
                redis(pod.redis()),
                new DataConfig(folder.toString(), null, null),
                journal(pod.journal()),
                pod.fanout(),
                delivery(pod.delivery()),
                new AccessConfig(adminKey),
                new SecretsConfig(null, List.of()),
                pod.log(),
                new TracingConfig(null, 0, null),
                Map.of());
    }

    private static HttpConfig http(HttpConfig pod) {
        return new HttpConfig(
                LOOPBACK,
                0,
                List.of(),
                ListenerTlsConfig.NONE,
                pod.maxBodyBytes(),
                pod.maxHeaderBytes(),
                pod.maxPendingEvents(),
                pod.idleTimeout(),
                HttpConfig.Playground.NEVER);
    }

    private static RedisConfig redis(RedisConfig pod) {
        return new RedisConfig(
                null,
                null,
                null,
                null,
                new RedisSentinelConfig(null),
                new RedisTlsConfig(null, null, null),
                false,
                pod.commandTimeout(),
                pod.reconnectMin(),
                pod.reconnectMax());
    }

    private static JournalConfig journal(JournalConfig pod) {
        return new JournalConfig(
                pod.partitions(),
                pod.keyedPartitions(),
                Durability.NONE,
                0,
                pod.durabilityTimeout(),
                pod.claimAfter(),
                pod.readBatch(),
                pod.retention(),
                Math.min(MOST_KEPT, pod.retentionBytes()),
                pod.idempotencyWindow());
    }

    private static DeliveryConfig delivery(DeliveryConfig pod) {
        return new DeliveryConfig(
                pod.timeout(),
                pod.connectTimeout(),
                pod.idleTimeout(),
                pod.maxInFlight(),
                pod.laneCapacity(),
                pod.retryDelays(),
                pod.retryJitter(),
                pod.maxRetryAfter(),
                pod.responseExcerptBytes(),
                LOOPBACK_NETWORK,
                pod.http2(),
                null,
                null,
                List.of(),
                pod.keyGrace(),
                pod.deadLetterRetention(),
                pod.history(),
                pod.attemptsPerWebhook(),
                pod.disableAfter(),
                pod.parking(),
                pod.circuit(),
                pod.transform());
    }
}
