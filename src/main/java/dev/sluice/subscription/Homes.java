package dev.sluice.subscription;

/**
 * Where the work of a webhook lives: its shard in Redis, the same for every pod, and its event loop on this pod. All
 * webhooks of a shard share a loop, so that whoever looks into a shard talks to lanes of its own loop only.
 */
public record Homes(int shards, int loops) {
    public Homes {
        if (shards < 1 || loops < 1) {
            throw new IllegalArgumentException("homes: %d shards, %d loops (expected: > 0)".formatted(shards, loops));
        }
    }

    public int shardOf(String webhookId) {
        return Math.floorMod(webhookId.hashCode(), shards);
    }

    public int loopOf(String webhookId) {
        return loopOfShard(shardOf(webhookId));
    }

    public int loopOfShard(int shard) {
        return shard % loops;
    }
}
