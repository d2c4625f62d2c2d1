package dev.sluice.source;

import dev.sluice.http.Problem;
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
    /** With those of the configuration: each pod holds all, and reads all that are stored when one changes. */
    int MOST = 2000;

    /** So that no tenant takes the room of all others. */
    int MOST_OF_TENANT = 200;

    /** Never waits. */
    @Nullable
    Source find(String name);

    /** Ordered by name. */
    List<Source> all();

    /** By name, what is the matter with those that are stored and cannot be read: they take nothing in until they can. */
    default Map<String, String> unreadable() {
        return Map.of();
    }

    /**
     * Pods that take sources within the same second may together take a few more.
     *
     * @param added of a name that no source has
     * @throws dev.sluice.http.ProblemException 409 {@code too-many-sources} where there are enough
     */
    default void requireRoomFor(Source added) {
        List<Source> all = all();
        requireFewer("there are", all.size() + unreadable().size(), MOST);
        String tenant = added.tenant();
        if (tenant != null) {
            long own = all.stream().filter(one -> tenant.equals(one.tenant())).count();
            requireFewer("the tenant '%s' has".formatted(tenant), own, MOST_OF_TENANT);
        }
    }

    private static void requireFewer(String whose, long sources, int most) {
        if (sources >= most) {
            throw Problem.of(
                            409,
                            "too-many-sources",
                            "There are too many sources",
                            "%s %d sources (expected: at most %d with the new one; delete some)"
                                    .formatted(whose, sources, most))
                    .asException();
        }
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
