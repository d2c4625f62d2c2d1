package dev.sluice.boot;

import dev.sluice.fault.Faults;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.address.RedisTarget;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** Every connection of the pod to Redis, so that the last thing a drain does is to close them. Any thread. */
final class Links {
    private final Vertx vertx;
    private final RedisTarget target;
    private final Faults faults;
    private final List<RedisLink> open = new CopyOnWriteArrayList<>();

    Links(Vertx vertx, RedisTarget target, Faults faults) {
        this.vertx = vertx;
        this.target = target;
        this.faults = faults;
    }

    /** How Redis is run, in a word. */
    String form() {
        return target.address().form().name().toLowerCase(Locale.ROOT);
    }

    /** On the calling context. */
    RedisLink open(String name) {
        return openBlocking(name, Duration.ZERO);
    }

    /** On the calling context, given up if it answers nothing for so long, however patient the others are. */
    RedisLink openAlert(String name, Duration notice) {
        return add(RedisLink.openBlocking(vertx, target.noMorePatientThan(notice), name, Duration.ZERO, faults));
    }

    /** On the calling context, for commands that may block for so long. */
    RedisLink openBlocking(String name, Duration block) {
        return add(RedisLink.openBlocking(vertx, target, name, block, faults));
    }

    private RedisLink add(RedisLink link) {
        open.add(link);
        return link;
    }

    /** Completes when every link that was opened so far is connected. */
    Future<Void> up() {
        List<Future<Void>> up = open.stream().map(RedisLink::up).toList();
        return Future.join(up).mapEmpty();
    }

    Future<Void> close() {
        return Future.join(open.stream().map(RedisLink::close).toList()).mapEmpty();
    }
}
