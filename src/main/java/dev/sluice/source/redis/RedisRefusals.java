package dev.sluice.source.redis;

import dev.sluice.fault.Unreadables;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.source.RefusedRequest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last refused requests of each source: a list in Redis, added to when the sightings are written. What comes faster than
 * that pushes out what came before; what Redis does not take is lost, as the next one says the same. Any thread.
 */
final class RedisRefusals {
    /** Of all sources together, between two writes. */
    private static final int MOST_HELD = 500;

    private static final Duration KEEP = Duration.ofDays(90);

    private final RedisLink link;
    private final Unreadables unreadable;
    private Map<String, List<String>> held = new HashMap<>();
    private int count;

    RedisRefusals(RedisLink link, Unreadables unreadable) {
        this.link = link;
        this.unreadable = unreadable;
    }

    synchronized void add(String source, RefusedRequest request) {
        List<String> requests = held.computeIfAbsent(source, first -> new ArrayList<>());
        if (requests.size() == RefusedRequest.MOST) {
            requests.remove(0);
            count--;
        }
        if (count < MOST_HELD) {
            count++;
            requests.add(request.toJson().encode());
        }
    }

    private synchronized Map<String, List<String>> take() {
        Map<String, List<String>> taken = held;
        held = new HashMap<>();
        count = 0;
        return taken;
    }

    Future<Void> flush() {
        List<Future<?>> writes = new ArrayList<>();
        take().forEach((source, requests) -> {
            if (!requests.isEmpty()) {
                writes.add(write(Keys.refused(source), requests));
            }
        });
        return Future.join(writes).mapEmpty();
    }

    private Future<Response> write(String key, List<String> requests) {
        Request push = Request.cmd(Command.LPUSH).arg(key);
        requests.forEach(push::arg);
        return link.send(push)
                .compose(pushed ->
                        link.send(Request.cmd(Command.LTRIM).arg(key).arg(0).arg(RefusedRequest.MOST - 1)))
                .compose(trimmed ->
                        link.send(Request.cmd(Command.EXPIRE).arg(key).arg(KEEP.toSeconds())));
    }

    Future<List<RefusedRequest>> of(String source) {
        return link.send(Request.cmd(Command.LRANGE)
                        .arg(Keys.refused(source))
                        .arg(0)
                        .arg(RefusedRequest.MOST - 1))
                .map(stored -> read(source, stored));
    }

    private List<RefusedRequest> read(String source, @Nullable Response stored) {
        List<RefusedRequest> requests = new ArrayList<>();
        for (int i = 0; stored != null && i < stored.size(); i++) {
            String text = stored.get(i).toString();
            RefusedRequest request =
                    unreadable.read(source + "/refused", () -> RefusedRequest.of(new JsonObject(text)));
            if (request != null) {
                requests.add(request);
            }
        }
        return requests;
    }
}
