package dev.sluice.redis.cluster;

import dev.sluice.redis.address.RedisNode;
import dev.sluice.redis.address.RedisTarget;
import dev.sluice.redis.line.Door;
import dev.sluice.redis.line.Kept;
import dev.sluice.redis.line.Lines;
import dev.sluice.redis.line.Pipeline;
import dev.sluice.redis.line.Server;
import dev.sluice.redis.line.WatchedConnection;
import dev.sluice.redis.line.Written;
import dev.sluice.redis.trouble.RedisUnavailable;
import dev.sluice.time.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keys are spread over the masters of a cluster by their slots. */
public final class ClusterLines implements Lines {
    private final Cluster cluster;
    private final Router router;
    private final Replicas replicas;

    /** @param patience how long a server may owe an answer, and a slot may be on its way */
    public ClusterLines(Vertx vertx, RedisTarget target, String name, Duration patience) {
        this.cluster = new Cluster(vertx, target, name, patience);
        this.router = new Router(cluster, patience);
        this.replicas = new Replicas(cluster, target.replicas());
    }

    /** Those that the nodes of the address name; fails if some slots have none. */
    public static Future<Set<RedisNode>> masters(Vertx vertx, RedisTarget target) {
        return new Surveyor(
                        new VertxTimers(vertx),
                        Door.ofRedis(vertx, target),
                        target.address().nodes(),
                        target.commandTimeout())
                .survey(Map.of())
                .compose(map -> map.isWhole()
                        ? Future.succeededFuture(map.masters())
                        : Future.failedFuture("some slots of the cluster have no master (expected: cluster_state:ok)"));
    }

    @Override
    public void open() {
        cluster.open();
    }

    @Override
    public boolean isUp() {
        return cluster.isUp();
    }

    @Override
    public boolean isUp(String key) {
        return cluster.isUp(Slots.of(key));
    }

    @Override
    public int outstanding() {
        Collection<WatchedConnection> lines = cluster.lines().values();
        return lines.stream().mapToInt(WatchedConnection::outstanding).sum();
    }

    @Override
    public void onUp(Runnable listener) {
        cluster.onUp(listener);
    }

    @Override
    public void greet(List<Request> requests) {
        cluster.greet(requests);
    }

    @Override
    public Future<Void> sendAll(Request request) {
        List<Future<Response>> all =
                servers().stream().map(server -> server.send().apply(request)).toList();
        return Future.join(all)
                .transform(done -> done.succeeded() || all.stream().anyMatch(Future::succeeded)
                        ? Future.succeededFuture()
                        : Future.failedFuture(done.cause()));
    }

    @Override
    public Future<Response> send(Request request) {
        Part part = new Part(Slots.of(request), List.of(request));
        return enter(List.of(part)).compose(done -> part.answers()).map(answers -> answers.get(0));
    }

    @Override
    public Future<List<Response>> batch(List<Request> requests) {
        Spread spread = Spread.of(requests);
        return enter(spread.parts()).compose(done -> spread.answers());
    }

    /** To each server at once what is for it; where that finds a slot on its way, slot by slot. */
    @Override
    public Future<Written> repeatable(List<Request> requests) {
        Map<RedisNode, List<Integer>> byNode = new LinkedHashMap<>();
        for (int i = 0; i < requests.size(); i++) {
            int slot = Slots.of(requests.get(i));
            RedisNode owner = router.isFree(slot) ? cluster.owner(slot) : null;
            if (owner == null) {
                return write(requests, null);
            }
            byNode.computeIfAbsent(owner, none -> new ArrayList<>()).add(i);
        }
        Spread spread = Spread.of(requests, byNode.values());
        List<RedisNode> owners = List.copyOf(byNode.keySet());
        for (int i = 0; i < owners.size(); i++) {
            router.together(spread.parts().get(i), owners.get(i), this::batch);
        }
        return spread.written();
    }

    /** One more question for a part that went another way than was thought when it was sent. */
    @Override
    public Future<Written> write(List<Request> requests, @Nullable Request behind) {
        Spread spread = Spread.of(requests);
        Future<Void> entered = enter(spread.parts());
        if (behind == null) {
            return entered.compose(done -> spread.written());
        }
        Map<RedisNode, Future<Response>> toldBy = new LinkedHashMap<>();
        Map<Part, Future<Response>> told = new HashMap<>();
        for (Part part : spread.parts()) {
            RedisNode owner = router.isFree(part.slot()) ? cluster.owner(part.slot()) : null;
            Future<Response> said = owner == null ? null : toldBy.computeIfAbsent(owner, node -> tell(node, behind));
            part.answers().onSuccess(done -> {
                // at once, as it is about what was written on this connection
                RedisNode by = Objects.requireNonNull(part.doneBy(), "it is done");
                told.put(part, said == null || part.wasRefused() ? tell(by, behind) : said);
            });
        }
        return entered.compose(done -> spread.ended()).compose(ended -> spread.written(told));
    }

    /** Replicas are asked behind it at once, and again if it went another way than was thought. */
    @Override
    public Future<Kept> keep(Request request) {
        if (!replicas.areWanted()) {
            return send(request).map(Kept::of);
        }
        Part part = new Part(Slots.of(request), List.of(request));
        Future<Void> entered = enter(List.of(part));
        RedisNode owner = router.isFree(part.slot()) ? cluster.owner(part.slot()) : null;
        Future<Void> behind = owner == null ? null : replicas.have(owner, part.slot());
        return entered.compose(done -> part.answers()).map(answers -> {
            RedisNode by = Objects.requireNonNull(part.doneBy(), "it is done");
            return new Kept(
                    answers.get(0), behind == null || part.wasRefused() ? replicas.have(by, part.slot()) : behind);
        });
    }

    private Future<Response> tell(RedisNode node, Request request) {
        WatchedConnection line = cluster.line(node);
        return line == null
                ? Future.failedFuture(new RedisUnavailable(node + " is no master any more"))
                : line.run(live -> live.send(request));
    }

    /** Fails if too much waits already. */
    private Future<Void> enter(List<Part> parts) {
        int commands = parts.stream().mapToInt(Part::size).sum();
        if (router.waiting() + commands > Pipeline.MOST_OUTSTANDING) {
            return Future.failedFuture(
                    new RedisUnavailable("%d commands wait for a slot that moves (expected: at most %d)"
                            .formatted(router.waiting() + commands, Pipeline.MOST_OUTSTANDING)));
        }
        parts.forEach(router::go);
        return Future.succeededFuture();
    }

    @Override
    public List<Server> servers() {
        List<Server> servers = new ArrayList<>();
        cluster.owners().forEach(node -> servers.add(new Server(node.at(), request -> tell(node, request))));
        return servers;
    }

    @Override
    public void close() {
        router.close();
        replicas.close();
        cluster.close();
    }
}
