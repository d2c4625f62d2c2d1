package dev.sluice.replay;

import dev.sluice.config.JournalConfig;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.Outcome;
import dev.sluice.delivery.Parking.Claimed;
import dev.sluice.delivery.Redelivery;
import dev.sluice.delivery.redis.DeliveryConfigs;
import dev.sluice.delivery.redis.RedisParking;
import dev.sluice.delivery.redis.RedisRedelivery;
import dev.sluice.journal.redis.Installation;
import dev.sluice.journal.redis.PartitionCount;
import dev.sluice.journal.redis.RedisPast;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.trouble.RedisUnavailable;
import dev.sluice.replay.Replay.Order;
import dev.sluice.replay.redis.RedisReplays;
import dev.sluice.secrets.Entropy;
import dev.sluice.subscription.Homes;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.InMemoryRegistry;
import dev.sluice.testing.Loop;
import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.ManualTimers;
import dev.sluice.testing.RedisServer;
import dev.sluice.time.Ticker;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A journal with a past, webhooks, what is parked for them, and pods that work on replays; on a real Redis. */
final class ReplayWorld {
    private static final Homes HOMES = new Homes(2, 1);
    private static final Duration LONG = Duration.ofHours(1);
    private static final JournalConfig JOURNAL = new JournalConfig(
            3, 2, JournalConfig.Durability.NONE, 0, Duration.ofSeconds(1), LONG, 100, LONG, 1 << 20, LONG);

    private final Loop loop;
    private final RedisLink link;
    private final RedisReplays replays;
    private final InMemoryRegistry registry = new InMemoryRegistry();
    private RedisPast past;
    private RedisParking parking;
    private RedisRedelivery redelivery;

    ReplayWorld(RedisServer redis, Loop loop) {
        this.loop = loop;
        this.link =
                loop.get(() -> Future.succeededFuture(RedisLink.open(loop.vertx(), Loop.target(redis.uri()), "world")));
        loop.until(() -> link.send(Request.cmd(Command.PING)), pong -> true);
        this.replays = new RedisReplays(link, Entropy.SYSTEM);
        loop.run(() -> {
            past = new RedisPast(link, JOURNAL, new Installation("ab0cd", new PartitionCount(JOURNAL, Ticker.SYSTEM)));
            parking = new RedisParking(link, HOMES, DeliveryConfigs.config(LONG, LONG));
            redelivery = new RedisRedelivery(link, HOMES, DeliveryConfigs.config(LONG, LONG));
        });
        loop.until(() -> parking.write(lane("wh_1"), List.of(), Duration.ZERO).map(true), written -> written);
    }

    void close() {
        loop.get(link::close);
    }

    private static LaneKey lane(String webhookId) {
        return new LaneKey(webhookId, "default");
    }

    void save(Webhook webhook) {
        loop.get(() -> registry.save(webhook));
    }

    void delete(String webhookId) {
        loop.get(() -> registry.delete("default", webhookId));
    }

    String add(String partition, Instant at, String type, @Nullable String key) {
        return add(partition, at, type, key, null);
    }

    /** An event that was accepted then, with its entry's id as data. */
    String add(String partition, Instant at, String type, @Nullable String key, @Nullable String tenant) {
        Request add = Request.cmd(Command.XADD).arg(Keys.events(partition)).arg(at.toEpochMilli() + "-*");
        add.arg("type").arg(type).arg("source").arg("test");
        if (key != null) {
            add.arg("partitionkey").arg(key);
        }
        if (tenant != null) {
            add.arg("tenant").arg(tenant);
        }
        String id = partition + " " + at + " " + type;
        loop.get(() -> link.send(add.arg("$data").arg(id)));
        return id;
    }

    Replay start(Order order) {
        return loop.get(() -> replays.start(order)).replay();
    }

    Replay find(Replay replay) {
        return loop.get(() -> replays.find(replay.order().webhookId(), replay.id()))
                .orElseThrow();
    }

    void cancel(Replay replay) {
        loop.get(() -> replays.cancel(replay.order().webhookId(), replay.id(), ""));
    }

    /** The data of what is parked for {@code wh_1}, in the order of the claims; it stays parked. */
    List<String> waiting() {
        List<Claimed> claimed = claimAll("wh_1");
        List<Outcome> back = new ArrayList<>();
        claimed.forEach(one -> back.add(new Outcome.Return(taken(one, "wh_1"), one.place())));
        loop.get(() -> parking.write(lane("wh_1"), back, Duration.ZERO));
        return claimed.stream().map(one -> one.event().data().toString()).toList();
    }

    private List<Claimed> claimAll(String webhookId) {
        List<Claimed> all = new ArrayList<>();
        List<Claimed> some;
        do {
            some = loop.get(() -> parking.claim(lane(webhookId), 500)).deliveries();
            all.addAll(some);
        } while (!some.isEmpty());
        return all;
    }

    List<String> deliverAll() {
        return deliverAll("wh_1");
    }

    /** Until nothing is due any more; the data of all, in their order. */
    List<String> deliverAll(String webhookId) {
        List<String> delivered = new ArrayList<>();
        List<Claimed> some = loop.get(() -> parking.claim(lane(webhookId), 500)).deliveries();
        while (!some.isEmpty()) {
            List<Outcome> finished = new ArrayList<>();
            for (Claimed one : some) {
                delivered.add(one.event().data().toString());
                finished.add(new Outcome.Finish(taken(one, webhookId)));
            }
            loop.get(() -> parking.write(lane(webhookId), finished, Duration.ZERO));
            some = loop.get(() -> parking.claim(lane(webhookId), 500)).deliveries();
        }
        return delivered;
    }

    private static Delivery taken(Claimed claimed, String webhookId) {
        return new Delivery(
                claimed.id(),
                claimed.event(),
                webhookId,
                null,
                claimed.attempts(),
                "",
                new Delivery.Origin.Parked(claimed.place()));
    }

    RunningPod pod(Duration lease) {
        return pod(lease, 1_000_000);
    }

    RunningPod pod(Duration lease, long mostParked) {
        return new RunningPod(new ReplayRunner.Limits(lease, Duration.ofMillis(20), mostParked, Long.MAX_VALUE));
    }

    /** A runner on time of its own. */
    final class RunningPod {
        private final ManualTimers timers = new ManualTimers(new ManualTicker());
        private final ReplayRunner runner;
        private int stepsUntilDeath = -1;
        private boolean dead;
        private int working;

        private RunningPod(ReplayRunner.Limits limits) {
            ReplayListener listener = new ReplayListener() {
                @Override
                public void working(int change) {
                    working += change;
                }
            };
            runner = new ReplayRunner(
                    new ReplayRunner.Ports(replays, past, new Mortal(), registry, listener), limits, timers);
            loop.run(runner::start);
        }

        /** It dies when the step is written, and never knows that. */
        void loseAnswerOfStep(int number) {
            stepsUntilDeath = number;
        }

        boolean isDead() {
            return dead;
        }

        /** What comes due within a second, and what follows from it but for further timers. */
        void advance() {
            loop.run(() -> timers.advance(Duration.ofSeconds(1)));
        }

        void runUntil(Replay replay, Predicate<Replay> wanted) {
            for (int i = 0; i < 10_000; i++) {
                if (wanted.test(find(replay))) {
                    return;
                }
                if (!dead) {
                    advance();
                }
            }
            throw new AssertionError(find(replay));
        }

        void awaitIdle() {
            loop.until(
                    () -> {
                        timers.advance(Duration.ofMillis(100));
                        return Future.succeededFuture(working);
                    },
                    count -> count == 0);
        }

        void stop() {
            Future<Void> stopped = loop.get(() -> Future.succeededFuture(runner.stop()));
            loop.until(
                    () -> {
                        timers.advance(Duration.ofMillis(100));
                        return Future.succeededFuture(stopped.isComplete());
                    },
                    complete -> complete);
        }

        private final class Mortal implements Redelivery {
            @Override
            public Future<Reached> reached(LaneKey lane, String replay) {
                return redelivery.reached(lane, replay);
            }

            @Override
            public Future<Reached> make(Webhook webhook, Step step) {
                return redelivery.make(webhook, step).compose(reached -> {
                    if (--stepsUntilDeath == 0) {
                        dead = true;
                        return Future.failedFuture(new RedisUnavailable("gone"));
                    }
                    return Future.succeededFuture(reached);
                });
            }
        }
    }
}
