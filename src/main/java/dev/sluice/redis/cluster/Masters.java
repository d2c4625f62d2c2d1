package dev.sluice.redis.cluster;

import dev.sluice.redis.address.RedisNode;
import dev.sluice.redis.line.WatchedConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A connection to each master: made when the master is learnt, closed when it is none any more. Confined to the context of
 * the link where nothing else is said.
 */
final class Masters {
    private final Function<RedisNode, WatchedConnection> maker;

    // confined state
    private final Set<RedisNode> guests = new HashSet<>();
    private final List<WatchedConnection> leaving = new ArrayList<>();
    private final List<WatchedConnection> former = new ArrayList<>();

    // read by other threads
    private volatile Map<RedisNode, WatchedConnection> lines = Map.of();

    Masters(Function<RedisNode, WatchedConnection> maker) {
        this.maker = maker;
    }

    @Nullable
    WatchedConnection of(RedisNode node) {
        return lines.get(node);
    }

    /** Any thread. */
    Map<RedisNode, WatchedConnection> all() {
        return lines;
    }

    /** These are the masters now. What is under way to others may still be answered. */
    void become(Set<RedisNode> nodes) {
        Map<RedisNode, WatchedConnection> next = new LinkedHashMap<>();
        lines.forEach((node, line) -> {
            boolean wasGuest = guests.remove(node);
            if (nodes.contains(node) || wasGuest) {
                next.put(node, line);
            } else {
                leaving.add(line);
            }
        });
        List<WatchedConnection> fresh = new ArrayList<>();
        nodes.forEach(node -> next.computeIfAbsent(node, none -> made(node, fresh)));
        lines = next;
        fresh.forEach(WatchedConnection::open);
    }

    /** One that has no slot yet, and is given one. It stays until the second look after it was asked last. */
    WatchedConnection guest(RedisNode node) {
        guests.add(node);
        WatchedConnection known = lines.get(node);
        if (known != null) {
            return known;
        }
        Map<RedisNode, WatchedConnection> next = new LinkedHashMap<>(lines);
        WatchedConnection line = maker.apply(node);
        next.put(node, line);
        lines = next;
        line.open();
        return line;
    }

    private WatchedConnection made(RedisNode node, List<WatchedConnection> fresh) {
        WatchedConnection line = maker.apply(node);
        fresh.add(line);
        return line;
    }

    /**
     * Those that were masters before the last look. One that stood still meanwhile might do what it was asked, and lose it
     * when it learns that it is a replica.
     */
    void closeFormer() {
        former.forEach(WatchedConnection::close);
        former.clear();
        former.addAll(leaving);
        leaving.clear();
    }

    void close() {
        Collection<WatchedConnection> all = new ArrayList<>(lines.values());
        all.addAll(leaving);
        all.addAll(former);
        lines = Map.of();
        leaving.clear();
        former.clear();
        all.forEach(WatchedConnection::close);
    }
}
