package dev.sluice.journal.redis;

import dev.sluice.event.EntryRef;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a turn acknowledges goes to Redis as one write at the end of the turn. If that fails it goes with the next one, or
 * when Redis is back: before this reader claims anything on the same link, so it does not claim what it has done.
 */
final class Acknowledgements {
    private final Vertx vertx;
    private final RedisLink link;

    // confined state
    private Map<String, List<String>> open = new HashMap<>();
    private boolean scheduled;

    Acknowledgements(Vertx vertx, RedisLink link) {
        this.vertx = vertx;
        this.link = link;
        link.onUp(this::flush);
    }

    void add(EntryRef ref) {
        open.computeIfAbsent(ref.partition(), partition -> new ArrayList<>()).add(ref.entryId());
        if (!scheduled) {
            scheduled = true;
            vertx.runOnContext(endOfTurn -> flush());
        }
    }

    Future<Void> flush() {
        scheduled = false;
        if (open.isEmpty()) {
            return Future.succeededFuture();
        }
        Map<String, List<String>> batch = open;
        open = new HashMap<>();
        List<Request> requests = new ArrayList<>(batch.size());
        batch.forEach((partition, ids) -> {
            Request request =
                    Request.cmd(Command.XACK).arg(Keys.events(partition)).arg(RedisJournalReader.GROUP);
            ids.forEach(request::arg);
            requests.add(request);
        });
        return link.batch(requests).onFailure(cause -> keep(batch)).mapEmpty();
    }

    /** Acknowledging twice does no harm. */
    private void keep(Map<String, List<String>> batch) {
        batch.forEach((partition, ids) ->
                open.computeIfAbsent(partition, none -> new ArrayList<>()).addAll(ids));
    }
}
