package dev.sluice.redis.cluster;

import dev.sluice.redis.address.RedisNode;
import dev.sluice.redis.line.Deadline;
import dev.sluice.redis.line.Door;
import dev.sluice.redis.line.WatchedConnection;
import dev.sluice.redis.trouble.RedisUnavailable;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Asks one node after the other for the map of the slots: first those to which there is a connection, another one each time,
 * so that one with an old map is not believed for long; then those that the address names. Confined to one context.
 */
final class Surveyor {
    /** A master that answers nothing for so long is passed over. */
    private static final Duration NOTICE = Duration.ofMillis(300);

    private final Timers timers;
    private final Door door;
    private final List<RedisNode> seeds;
    private final Duration patience;

    // confined state
    private int turn;

    /** @param patience with each node */
    Surveyor(Timers timers, Door door, List<RedisNode> seeds, Duration patience) {
        this.timers = timers;
        this.door = door;
        this.seeds = seeds;
        this.patience = patience;
    }

    static Request question() {
        return Request.cmd(Command.CLUSTER).arg("SLOTS");
    }

    private static Future<Response> ask(WatchedConnection line) {
        return line.run(live -> live.send(question()));
    }

    Future<SlotMap> survey(Map<RedisNode, WatchedConnection> lines) {
        Deque<Supplier<Future<SlotMap>>> ways = new ArrayDeque<>();
        List<Map.Entry<RedisNode, WatchedConnection>> connected = new ArrayList<>(lines.entrySet());
        connected.removeIf(one -> !one.getValue().isUp());
        Collections.rotate(connected, turn++);
        connected.forEach(one -> ways.add(() -> Deadline.within(timers, NOTICE, ask(one.getValue()))
                .map(answer -> SlotMap.read(answer, one.getKey()))));
        seeds.forEach(node -> ways.add(() ->
                door.visit(node, patience, live -> live.send(question()).map(answer -> SlotMap.read(answer, node)))));
        return first(ways, new RedisUnavailable("no node of the cluster"));
    }

    private static Future<SlotMap> first(Deque<Supplier<Future<SlotMap>>> ways, Throwable last) {
        Supplier<Future<SlotMap>> way = ways.poll();
        return way == null
                ? Future.failedFuture(last)
                : way.get()
                        .compose(map -> map.masters().isEmpty()
                                ? Future.failedFuture(new RedisUnavailable("the cluster has no slots"))
                                : Future.succeededFuture(map))
                        .recover(cause -> first(ways, cause));
    }
}
