package dev.sluice.boot;

import dev.sluice.config.JournalConfig;
import dev.sluice.config.RedisConfig;
import dev.sluice.config.RedisTlsConfig;
import dev.sluice.config.SluiceConfig;
import dev.sluice.redis.Counts;
import dev.sluice.redis.address.RedisAccess;
import dev.sluice.redis.address.RedisAddress;
import dev.sluice.redis.address.RedisTarget;
import dev.sluice.redis.fitness.Needs;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which Redis the settings mean, if what they say of it fits together. */
public final class RedisSettings {
    private RedisSettings() {}

    /** @throws StartFailure if it does not */
    public static RedisTarget target(RedisConfig config, String uri) {
        RedisAddress address = address(uri);
        RedisTlsConfig tls = config.tls();
        if ((tls.caFile() != null || tls.certificateFile() != null) && !address.tls()) {
            throw new StartFailure(
                    "redis.tls: given though redis.uri is %s (expected: rediss://, rediss+sentinel:// or rediss+cluster://)"
                            .formatted(address));
        }
        if ((tls.certificateFile() == null) != (tls.keyFile() == null)) {
            throw new StartFailure("redis.tls.%s: missing (expected: certificateFile and keyFile, or neither)"
                    .formatted(tls.keyFile() == null ? "keyFile" : "certificateFile"));
        }
        if (config.sentinel().password() != null && address.form() != RedisAddress.Form.SENTINEL) {
            throw new StartFailure(
                    "redis.sentinel: given though redis.uri is %s (expected: redis+sentinel://)".formatted(address));
        }
        boolean isSaidTwice =
                address.password() != null && (config.password() != null || config.passwordFile() != null);
        if (isSaidTwice) {
            throw new StartFailure("redis.%s: given though redis.uri has a password (expected: one of the two)"
                    .formatted(config.password() == null ? "passwordFile" : "password"));
        }
        RedisAccess access = new RedisAccess(
                config.username(),
                config.password(),
                config.passwordFile(),
                config.sentinel().password(),
                tls.caFile(),
                tls.certificateFile(),
                tls.keyFile());
        return new RedisTarget(address, access, config.commandTimeout(), config.reconnectMin(), config.reconnectMax());
    }

    /** What it must be able to do. */
    public static Needs needs(SluiceConfig config) {
        JournalConfig journal = config.journal();
        return new Needs(
                config.redis().allowEviction(),
                journal.durability() == JournalConfig.Durability.FSYNC,
                journal.durability() == JournalConfig.Durability.REPLICAS ? journal.replicas() : 0,
                journal.durabilityTimeout());
    }

    /** What all pods on one Redis must have alike. */
    static Counts counts(SluiceConfig config) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("journal.keyedPartitions", config.journal().keyedPartitions());
        counts.put("delivery.parking.shards", config.delivery().parking().shards());
        return new Counts(counts);
    }

    private static RedisAddress address(String uri) {
        try {
            return RedisAddress.read(uri);
        } catch (IllegalArgumentException wrong) {
            throw new StartFailure("redis.uri: " + wrong.getMessage());
        }
    }
}
