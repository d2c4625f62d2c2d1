package dev.sluice.delivery.redis;

import dev.sluice.delivery.LaneKey;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.Script;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parked deliveries that were claimed in lives that are over. Several pods may free them at once: the first does, and the
 * others find nothing. Confined to one event loop.
 */
final class Orphans {
    private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);
    private static final Script HANDS = Script.load("lua/delivery-hands.lua");
    private static final Script FREE = LaneScripts.load("delivery-free").evenWhenFull();
    private static final String START = "0";

    private final RedisLink link;
    private final LaneScripts scripts;
    private final Supplier<Set<String>> over;

    // confined state
    /** Lives that left nothing more, by shard. */
    private final Map<Integer, Set<String>> done = new HashMap<>();

    /** @param over lives that nobody acts in any more */
    Orphans(RedisLink link, LaneScripts scripts, Supplier<Set<String>> over) {
        this.link = link;
        this.scripts = scripts;
        this.over = over;
    }

    /** Those of all such lives, one after the other: many may end together. */
    Future<Integer> free(int shard) {
        Set<String> known = done.computeIfAbsent(shard, first -> new HashSet<>());
        Set<String> now = over.get();
        known.retainAll(now);
        return free(shard, now.stream().filter(life -> !known.contains(life)).iterator(), known, 0);
    }

    private Future<Integer> free(int shard, Iterator<String> lives, Set<String> known, int before) {
        if (!lives.hasNext()) {
            return Future.succeededFuture(before);
        }
        String life = lives.next();
        return free(shard, life, START, 0).compose(freed -> {
            known.add(life);
            tell(shard, life, freed);
            return free(shard, lives, known, before + freed);
        });
    }

    private static void tell(int shard, String life, int freed) {
        if (freed > 0) {
            LOG.atInfo()
                    .addKeyValue("life", life)
                    .addKeyValue("shard", shard)
                    .addKeyValue("deliveries", freed)
                    .log("freed parked deliveries that a pod had in hand which is dead or ended");
        }
    }

    /** Some lanes of the shard after the others. */
    private Future<Integer> free(int shard, String life, String cursor, int before) {
        String name = LaneScripts.name(shard);
        return link.call(HANDS.on(Keys.wake(name)).with(cursor, Keys.backlog(name, ""), life))
                .compose(answer -> {
                    List<LaneKey> lanes = answer.get(1).stream()
                            .map(lane -> LaneScripts.lane(lane.toString()))
                            .toList();
                    String next = answer.get(0).toString();
                    return all(lanes, 0, life, before)
                            .compose(freed -> next.equals(START)
                                    ? Future.succeededFuture(freed)
                                    : free(shard, life, next, freed));
                });
    }

    private Future<Integer> all(List<LaneKey> lanes, int index, String life, int before) {
        return index == lanes.size()
                ? Future.succeededFuture(before)
                : free(lanes.get(index), life, "", before).compose(freed -> all(lanes, index + 1, life, freed));
    }

    private Future<Integer> free(LaneKey lane, String life, String from, int before) {
        List<String> arguments = scripts.arguments(
                lane, life, from, scripts.config().parking().lease().toMillis());
        return link.call(FREE.on(scripts.keys(lane)).with(arguments)).compose(answer -> {
            int freed = before + answer.get(0).toInteger();
            String next = answer.get(1).toString();
            return next.isEmpty() ? Future.succeededFuture(freed) : free(lane, life, next, freed);
        });
    }
}
