package dev.sluice.journal.redis.lease;

import dev.sluice.event.EntryRef;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long what a reader holds has been idle in Redis, by which others know whether they may claim it. It is set by claiming
 * what the reader holds already, which neither reads nor counts it again.
 */
public final class IdleTimes {
    private static final int CHUNK = 500;

    private final RedisLink commands;
    private final String group;
    private final String consumer;

    public IdleTimes(RedisLink commands, String group, String consumer) {
        this.commands = commands;
        this.group = group;
        this.consumer = consumer;
    }

    public Future<Void> set(Collection<EntryRef> refs, long idleMillis) {
        Map<String, List<String>> byPartition = new HashMap<>();
        refs.forEach(ref -> byPartition
                .computeIfAbsent(ref.partition(), p -> new ArrayList<>())
                .add(ref.entryId()));
        List<Request> requests = new ArrayList<>();
        byPartition.forEach((partition, ids) -> {
            for (int from = 0; from < ids.size(); from += CHUNK) {
                requests.add(claimOwn(partition, ids.subList(from, Math.min(ids.size(), from + CHUNK)), idleMillis));
            }
        });
        return requests.isEmpty()
                ? Future.succeededFuture()
                : commands.batch(requests).mapEmpty();
    }

    private Request claimOwn(String partition, List<String> ids, long idleMillis) {
        Request request = Request.cmd(Command.XCLAIM)
                .arg(Keys.events(partition))
                .arg(group)
                .arg(consumer)
                .arg(0);
        ids.forEach(request::arg);
        return request.arg("IDLE").arg(idleMillis).arg("JUSTID");
    }
}
