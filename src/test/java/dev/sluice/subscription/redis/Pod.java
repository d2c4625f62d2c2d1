package dev.sluice.subscription.redis;

import dev.sluice.bus.Bus;
import dev.sluice.bus.Channel;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.address.RedisTarget;
import dev.sluice.secrets.SecretBox;
import dev.sluice.subscription.WebhookChanged;
import dev.sluice.subscription.form.WebhookCodec;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A registry with what it needs, as one process would have it. */
final class Pod {
    static final SecretBox BOX = SecretBox.fromKey("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");

    final RedisRegistry registry;
    /** What was published, in order. */
    final Queue<WebhookChanged> heard = new ConcurrentLinkedQueue<>();

    private final Vertx vertx = Vertx.vertx();
    private final RedisLink link;
    private final RedisLink feed;
    private final List<Runnable> periodic = new CopyOnWriteArrayList<>();

    Pod(String uri) {
        this(uri, BOX);
    }

    Pod(String uri, SecretBox box) {
        RedisTarget target = new RedisTarget(uri, Duration.ofSeconds(5), Duration.ofMillis(10), Duration.ofMillis(100));
        link = RedisLink.open(vertx, target, "registry");
        feed = RedisLink.openBlocking(vertx, target, "registry feed", RedisRegistry.BLOCK);
        Channel<WebhookChanged> changes = new Bus(vertx).channel("webhook-changed");
        registry = new RedisRegistry(vertx, link, feed, new WebhookCodec(box), changes, new Periodic());
        await(changes.consume(heard::add));
        registry.start();
    }

    /** What happens every ten seconds, now. */
    void check() {
        periodic.forEach(Runnable::run);
    }

    void stop() {
        registry.stop();
        await(Future.join(link.close(), feed.close()));
        await(vertx.close());
    }

    private static void await(Future<?> future) {
        try {
            future.await(10, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new IllegalStateException(late);
        }
    }

    /** Periods pass only when the test says so; pauses pass at once. */
    private final class Periodic implements Timers {
        @Override
        public Timer after(Duration delay, Runnable action) {
            long id = vertx.setTimer(1, fired -> action.run());
            return () -> vertx.cancelTimer(id);
        }

        @Override
        public Timer every(Duration period, Runnable action) {
            periodic.add(action);
            return () -> periodic.remove(action);
        }
    }
}
