package dev.sluice.system;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server of Redis that holds data, and what it says of itself.
 *
 * @param name     for people; empty where there is only one
 * @param memory   in bytes
 * @param maxBytes what it may hold; 0 without a limit
 * @param away     why it says nothing; null for one that answers
 */
public record RedisServer(
        String name,
        String version,
        String role,
        long uptimeSeconds,
        long memory,
        long maxBytes,
        int clients,
        List<Replica> replicas,
        @Nullable String away) {
    /** @param behind by how many bytes */
    public record Replica(String address, String state, long behind) {}

    public RedisServer {
        replicas = List.copyOf(replicas);
    }

    public static RedisServer away(String name, String why) {
        return new RedisServer(name, "", "", 0, 0, 0, 0, List.of(), why);
    }
}
