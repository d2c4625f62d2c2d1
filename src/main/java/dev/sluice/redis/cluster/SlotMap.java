package dev.sluice.redis.cluster;

import dev.sluice.redis.address.RedisNode;
import io.vertx.redis.client.Response;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which master has which slot, as a node of the cluster says. Immutable; any thread. */
final class SlotMap {
    static final SlotMap UNKNOWN = new SlotMap(new RedisNode[Slots.COUNT]);

    private final @Nullable RedisNode[] owners;
    private final Set<RedisNode> masters;
    private final boolean isWhole;

    private SlotMap(@Nullable RedisNode[] owners) {
        this.owners = owners;
        this.masters = new LinkedHashSet<>();
        Arrays.stream(owners).filter(Objects::nonNull).forEach(masters::add);
        this.isWhole = Arrays.stream(owners).allMatch(Objects::nonNull);
    }

    /**
     * @param answer of CLUSTER SLOTS
     * @param asked  whose host is meant where the answer leaves it out
     */
    static SlotMap read(Response answer, RedisNode asked) {
        @Nullable RedisNode[] owners = new RedisNode[Slots.COUNT];
        for (Response range : answer) {
            Response master = range.get(2);
            RedisNode node = node(master.get(0), master.get(1).toInteger(), asked);
            Arrays.fill(owners, range.get(0).toInteger(), range.get(1).toInteger() + 1, node);
        }
        return new SlotMap(owners);
    }

    private static RedisNode node(@Nullable Response host, int port, RedisNode asked) {
        String name = host == null ? "" : host.toString();
        return name.isEmpty() ? new RedisNode(asked.host() + ":" + port) : RedisNode.of(name, port);
    }

    /** Null if nobody has it. */
    @Nullable
    RedisNode owner(int slot) {
        return owners[slot];
    }

    Set<RedisNode> masters() {
        return masters;
    }

    /** Every slot has a master. */
    boolean isWhole() {
        return isWhole;
    }

    /** As a node said when it was asked for a key that it does not have. */
    SlotMap with(int slot, RedisNode owner) {
        @Nullable RedisNode[] next = owners.clone();
        next[slot] = owner;
        return new SlotMap(next);
    }
}
