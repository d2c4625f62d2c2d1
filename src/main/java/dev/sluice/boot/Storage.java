package dev.sluice.boot;

import dev.sluice.config.JournalConfig;
import dev.sluice.config.RedisConfig;
import dev.sluice.config.SluiceConfig;
import dev.sluice.redis.address.RedisTarget;
import dev.sluice.redis.embedded.EmbeddedRedis;
import dev.sluice.redis.fitness.Needs;
import dev.sluice.secrets.Entropy;
import dev.sluice.secrets.SecretBox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The Redis that the pod works on and the key for the secrets in it: what the configuration names, or else an embedded
 * server and a key file beside its data. Starting blocks.
 */
final class Storage implements AutoCloseable {
    private static final String KEY_FILE = "secrets.key";

    private final RedisTarget target;
    private final Needs needs;
    private final SecretBox secrets;
    private final @Nullable EmbeddedRedis embedded;

    private Storage(RedisTarget target, Needs needs, SecretBox secrets, @Nullable EmbeddedRedis embedded) {
        this.target = target;
        this.needs = needs;
        this.secrets = secrets;
        this.embedded = embedded;
    }

    static Storage open(SluiceConfig config) {
        String uri = config.redis().uri();
        String key = config.secrets().key();
        if (uri != null) {
            if (key == null) {
                throw new StartFailure(
                        "secrets.key: missing (expected: base64 of 32 bytes, the same on every pod, since redis.uri is set;"
                                + " make one with: openssl rand -base64 32; set SLUICE_SECRETS_KEY)");
            }
            Needs needs = RedisSettings.needs(config);
            RedisTarget target = RedisSettings.target(config.redis(), uri).withReplicas(needs.replicas());
            return new Storage(target, needs, box(key, config), null);
        }
        boolean always = config.journal().durability() == JournalConfig.Durability.FSYNC;
        return embedded(config, always ? EmbeddedRedis.Fsync.ALWAYS : EmbeddedRedis.Fsync.EVERYSEC);
    }

    /** One that is embedded, whatever the settings say, and keeps nothing beyond its end. */
    static Storage passing(SluiceConfig config) {
        return embedded(config, EmbeddedRedis.Fsync.NEVER);
    }

    private static Storage embedded(SluiceConfig config, EmbeddedRedis.Fsync fsync) {
        Path folder = Path.of(config.data().dir());
        String key = config.secrets().key();
        EmbeddedRedis redis = EmbeddedRedis.start(folder, fsync);
        return new Storage(
                embedded(config, redis),
                RedisSettings.needs(config),
                box(key == null ? keyIn(folder) : key, config),
                redis);
    }

    private static RedisTarget embedded(SluiceConfig config, EmbeddedRedis redis) {
        RedisConfig patience = config.redis();
        return new RedisTarget(
                redis.uri(), patience.commandTimeout(), patience.reconnectMin(), patience.reconnectMax());
    }

    private static SecretBox box(String key, SluiceConfig config) {
        try {
            return SecretBox.fromKeys(key, config.secrets().otherKeys());
        } catch (IllegalArgumentException wrong) {
            throw new StartFailure("secrets.key: " + wrong.getMessage());
        }
    }

    private static String keyIn(Path folder) {
        Path file = folder.resolve(KEY_FILE);
        try {
            if (!Files.exists(file)) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(file, SecretBox.newKey(Entropy.SYSTEM));
            }
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new StartFailure(
                    "secrets.key: cannot read or write %s (%s)".formatted(file, unreadable.getMessage()));
        }
    }

    RedisTarget target() {
        return target;
    }

    /** What Redis must be able to do. */
    Needs needs() {
        return needs;
    }

    SecretBox secrets() {
        return secrets;
    }

    boolean isEmbedded() {
        return embedded != null;
    }

    @Override
    public void close() {
        if (embedded != null) {
            embedded.close();
        }
    }
}
