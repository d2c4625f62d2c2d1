package dev.sluice.redis.cluster;

import dev.sluice.redis.address.RedisNode;
import dev.sluice.redis.address.RedisTarget;
import dev.sluice.redis.line.Door;
import dev.sluice.redis.line.WatchedConnection;
import dev.sluice.redis.line.Whereabouts;
import dev.sluice.time.Timers;
import dev.sluice.time.VertxTimers;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one link knows of the cluster: who has which slot, and a connection to each master. It is learnt anew when a server
 * says that it has moved, when a connection is lost or a server silent, until all can be reached, and every ten seconds.
 *
 * <p>Confined to the context of the link where nothing else is said.
 *
 * <p>Why each link learns for itself: what is learnt belongs to one context, without a lock, and a question every ten seconds
 * costs nothing.
 */
final class Cluster {
    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final int LOOKS_BETWEEN_SURVEYS = 50;

    private final String name;
    private final Timers timers;
    private final Surveyor surveyor;
    private final Masters masters;

    // confined state
    private final List<Runnable> upListeners = new ArrayList<>();
    private final List<Request> greetings = new ArrayList<>();
    private Consumer<RedisNode> lostListener = node -> {};
    private Runnable movedListener = () -> {};
    private boolean surveying;
    private Timers.@Nullable Timer looks;
    private int looksSince;
    private boolean wanted = true;
    private boolean begun;
    private boolean closed;

    // read by other threads
    private volatile SlotMap map = SlotMap.UNKNOWN;

    Cluster(Vertx vertx, RedisTarget target, String name, Duration patience) {
        this.name = name;
        this.timers = new VertxTimers(vertx);
        Duration each = patience.dividedBy(2);
        this.surveyor = new Surveyor(
                timers, Door.ofRedis(vertx, target), target.address().nodes(), each);
        this.masters = new Masters(node -> greeted(
                node,
                new WatchedConnection(vertx, target, Whereabouts.at(node), "%s, %s".formatted(name, node), patience)));
    }

    private WatchedConnection greeted(RedisNode node, WatchedConnection line) {
        line.onUp(() -> greetings.forEach(request -> line.run(live -> live.send(request))));
        line.onUp(this::connected);
        line.onLost(() -> {
            wanted = true;
            lostListener.accept(node);
        });
        return line;
    }

    void open() {
        look();
        looks = timers.every(LOOK, this::look);
    }

    private void look() {
        masters.closeFormer();
        // each is asked, so that each remembers
        long silent = masters.all().values().stream()
                .filter(WatchedConnection::isSilent)
                .count();
        if (wanted || silent > 0 || !isUp() || ++looksSince >= LOOKS_BETWEEN_SURVEYS) {
            survey();
        }
    }

    private void survey() {
        if (surveying) {
            return;
        }
        surveying = true;
        looksSince = 0;
        wanted = false;
        surveyor.survey(masters.all()).onComplete(done -> {
            surveying = false;
            if (done.succeeded()) {
                become(done.result());
            } else {
                LOG.atDebug()
                        .addKeyValue("link", name)
                        .addKeyValue("reason", done.cause().getMessage())
                        .log("nobody says who has which slot");
            }
        });
    }

    private void become(SlotMap next) {
        if (closed) {
            return;
        }
        if (begun && !next.masters().equals(map.masters())) {
            LOG.atDebug()
                    .addKeyValue("link", name)
                    .addKeyValue("were", map.masters())
                    .addKeyValue("are", next.masters())
                    .log("the cluster has other masters");
        }
        map = next;
        movedListener.run();
        masters.become(next.masters());
        if (!begun) {
            connected();
        }
    }

    /** A server knows better than the map. */
    void correct(int slot, RedisNode owner) {
        if (closed) {
            return;
        }
        map = map.with(slot, owner);
        movedListener.run();
        masters.guest(owner);
        wanted = true;
    }

    private void connected() {
        if (begun || isUp()) {
            begun = true;
            List.copyOf(upListeners).forEach(Runnable::run);
        }
    }

    void onUp(Runnable listener) {
        upListeners.add(listener);
        if (begun) {
            listener.run();
        }
    }

    /** Told each time a connection is lost that was used. */
    void onLost(Consumer<RedisNode> listener) {
        lostListener = listener;
    }

    /** Told each time slots may have another master, before anything goes there. */
    void onMoved(Runnable listener) {
        movedListener = listener;
    }

    void greet(List<Request> requests) {
        greetings.addAll(requests);
        masters.all().values().stream()
                .filter(WatchedConnection::isUp)
                .forEach(line -> requests.forEach(request -> line.run(live -> live.send(request))));
    }

    /** Any thread. */
    boolean isUp() {
        SlotMap known = map;
        Map<RedisNode, WatchedConnection> lines = masters.all();
        return known.isWhole() && known.masters().stream().allMatch(node -> isUp(lines.get(node)));
    }

    private static boolean isUp(@Nullable WatchedConnection line) {
        return line != null && line.isUp() && !line.isStuck();
    }

    /** Its master is known, connected, and answers. Any thread. */
    boolean isUp(int slot) {
        RedisNode owner = slot == Slots.ANY ? null : map.owner(slot);
        return owner == null ? slot == Slots.ANY && isUp() : isUp(masters.of(owner));
    }

    /** Null if nobody has it; of any slot: one that answers, if there is one. */
    @Nullable
    RedisNode owner(int slot) {
        if (slot != Slots.ANY) {
            return map.owner(slot);
        }
        return map.masters().stream()
                .filter(node -> isUp(masters.of(node)))
                .findFirst()
                .orElse(null);
    }

    @Nullable
    WatchedConnection line(@Nullable RedisNode node) {
        return node == null ? null : masters.of(node);
    }

    /** Null once it is closed. */
    @Nullable
    WatchedConnection guest(RedisNode node) {
        return closed ? null : masters.guest(node);
    }

    /** Those that have slots. */
    Set<RedisNode> owners() {
        return map.masters();
    }

    /** Of the masters as they are known. */
    Map<RedisNode, WatchedConnection> lines() {
        return masters.all();
    }

    Timers timers() {
        return timers;
    }

    void close() {
        closed = true;
        if (looks != null) {
            looks.cancel();
        }
        masters.close();
    }
}
