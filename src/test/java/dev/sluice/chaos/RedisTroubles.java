package dev.sluice.chaos;

import dev.sluice.chaos.Trouble.Place;
import dev.sluice.testing.Limits;
import dev.sluice.testing.redis.RedisPair;
import dev.sluice.testing.redis.RedisProcess;
import java.util.List;

/** What happens to a master and its replica. */
final class RedisTroubles {
    private static final String PAUSE_MILLIS = "2500";

    private final RedisPair redis;
    private final List<StormPod> pods;
    private final Troubles troubles;

    RedisTroubles(RedisPair redis, List<StormPod> pods, Troubles troubles) {
        this.redis = redis;
        this.pods = pods;
        this.troubles = troubles;
    }

    private void add(String name, Runnable begins, Runnable ends) {
        troubles.add(() -> new Trouble(name, Place.REDIS, begins, ends));
    }

    void add() {
        add("Redis is killed and started again", () -> redis.master().kill(), () -> {
            redis.master().restart();
            redis.awaitWhole();
        });
        add("Redis dies, its replica takes over", this::failOver, redis::takeBack);
        add(
                "Redis stands still",
                () -> redis.master().suspend(),
                () -> redis.master().resume());
        add("Redis' replica stands still", () -> redis.replica().suspend(), () -> {
            redis.replica().resume();
            redis.awaitWhole();
        });
        // Nobody is heard that would end it sooner.
        add(
                "Redis answers nobody for a while",
                () -> command("CLIENT", "PAUSE", PAUSE_MILLIS, "ALL"),
                RedisTroubles::nothing);
        add(
                "Redis has no memory left",
                () -> command("CONFIG", "SET", "maxmemory", "1"),
                () -> command("CONFIG", "SET", "maxmemory", "0"));
        add("Redis forgets its scripts", () -> command("SCRIPT", "FLUSH"), RedisTroubles::nothing);
        add("Redis cuts all connections", () -> command("CLIENT", "KILL", "TYPE", "normal"), RedisTroubles::nothing);
        if (Limits.canBeSet()) {
            add(
                    "Redis' disk is full",
                    () -> Limits.fillDisk(redis.master().pid()),
                    () -> Limits.makeRoomOnDisk(redis.master().pid()));
        }
    }

    private static void nothing() {}

    private void failOver() {
        redis.promoteReplica();
        pods.forEach(pod -> pod.line.leadTo(redis.master().port()));
        pods.forEach(pod -> pod.line.cut());
    }

    private void command(String... words) {
        RedisProcess master = redis.master();
        String answer = master.command(words);
        if (answer.startsWith("-")) {
            throw new AssertionError("%s: %s".formatted(String.join(" ", words), answer));
        }
    }
}
