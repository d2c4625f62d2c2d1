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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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
    private Map<String, Deque<RefusedRequest>> held = new HashMap<>();
    private int count;

    RedisRefusals(RedisLink link, Unreadables unreadable) {
        this.link = link;
        this.unreadable = unreadable;
    }

    void add(String source, Supplier<RefusedRequest> request) {
        if (hasRoom(source)) {
            add(source, request.get());
        }
    }

    private synchronized boolean hasRoom(String source) {
        Deque<RefusedRequest> requests = held.get(source);
        return count < MOST_HELD || (requests != null && !requests.isEmpty());
    }

    /** In the place of its oldest one, where there is no other. */
    private synchronized void add(String source, RefusedRequest request) {
        Deque<RefusedRequest> requests = held.computeIfAbsent(source, first -> new ArrayDeque<>());
        boolean isFull = requests.size() == RefusedRequest.MOST || count >= MOST_HELD;
        if (isFull && requests.poll() != null) {
            count--;
        }
        if (count < MOST_HELD) {
            count++;
            requests.add(request);
        }
    }

    private synchronized Map<String, Deque<RefusedRequest>> take() {
        Map<String, Deque<RefusedRequest>> taken = held;
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

    private Future<Response> write(String key, Deque<RefusedRequest> requests) {
        Request push = Request.cmd(Command.LPUSH).arg(key);
        requests.forEach(request -> push.arg(request.toJson().encode()));
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
