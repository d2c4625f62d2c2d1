package dev.sluice.source;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sources: those of the configuration, over them those that are stored. All are cached in this pod; a change is in
 * force in every pod within a second. Any thread.
 *
 * <p>A source of the configuration is changed by storing one of its name, which stands in its place until it is deleted:
 * so a switch can be thrown at once, in all pods, and a file that nobody touched is what everybody can go back to.
 */
public interface Sources {
    /** Never waits. */
    @Nullable
    Source find(String name);

    /** Ordered by name. */
    List<Source> all();

    /** By name, what is the matter with those that are stored and cannot be read: they take nothing in until they can. */
    default Map<String, String> unreadable() {
        return Map.of();
    }

    /** Whether the configuration has a source of this name, in force or not. */
    boolean isConfigured(String name);

    /**
     * Writes the source if nobody changed it since: the stored version must be one less than the source's (none for
     * version 1). Fails with {@link dev.sluice.redis.trouble.RedisUnavailable} while Redis is away, as {@link #delete} does.
     *
     * @return false if somebody else was faster
     */
    Future<Boolean> save(Source source);

    /**
     * One that is {@link #unreadable} goes whatever its version.
     *
     * @return false if none of this version is stored
     */
    Future<Boolean> delete(String name, long version);
}
