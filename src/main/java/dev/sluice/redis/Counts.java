package dev.sluice.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many partitions and shards there are: the same for all pods, or one would look for events and deliveries where no other
 * puts them. The first pod says it to Redis, and a pod that is configured otherwise does not start. Any thread.
 *
 * @param settings by the names that people write
 */
public record Counts(Map<String, Integer> settings) {
    /** Fails with {@link IllegalStateException} and one line for the operator if others have agreed on other counts. */
    public Future<Void> agree(RedisLink link) {
        return read(link).compose(known -> {
            boolean isComplete = known.keySet().containsAll(settings.keySet());
            return isComplete
                    ? compare(known)
                    : write(link).compose(written -> read(link)).compose(this::compare);
        });
    }

    /** Those that are there stay. */
    public Future<?> write(RedisLink link) {
        List<Request> requests = new ArrayList<>();
        settings.forEach((name, count) -> requests.add(
                Request.cmd(Command.HSETNX).arg(Keys.COUNTS).arg(name).arg(count)));
        return link.batch(requests);
    }

    private static Future<Map<String, Integer>> read(RedisLink link) {
        return link.send(Request.cmd(Command.HGETALL).arg(Keys.COUNTS)).map(Counts::read);
    }

    private static Map<String, Integer> read(Response answer) {
        Map<String, Integer> known = new LinkedHashMap<>();
        for (String name : answer.getKeys()) {
            known.put(name, answer.get(name).toInteger());
        }
        return known;
    }

    private Future<Void> compare(Map<String, Integer> known) {
        for (Map.Entry<String, Integer> one : settings.entrySet()) {
            int agreed = known.getOrDefault(one.getKey(), one.getValue());
            if (agreed != one.getValue()) {
                return Future.failedFuture(new IllegalStateException(
                        "%s: %d (expected: %d, as all pods on this Redis have it; how to change it is said in src/docs/redis.md)"
                                .formatted(one.getKey(), one.getValue(), agreed)));
            }
        }
        return Future.succeededFuture();
    }
}
