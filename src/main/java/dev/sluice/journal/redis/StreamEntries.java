package dev.sluice.journal.redis;

import dev.sluice.event.EntryRef;
import dev.sluice.event.EventId;
import dev.sluice.journal.Entry;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What Redis answers as entries, with what a former reader noted about them. */
final class StreamEntries {
    private static final Duration NOTES_KEPT = Duration.ofDays(1);

    private final Installation installation;
    private final RedisLink link;

    /** @param link for the notes */
    StreamEntries(Installation installation, RedisLink link) {
        this.installation = installation;
        this.link = link;
    }

    /** Adds entries that nobody read before. */
    void fresh(String partition, Response found, long epoch, List<Entry> to) {
        for (Response entry : found) {
            to.add(entry(partition, entry, Set.of(), epoch));
        }
    }

    /** Entries that another reader held. */
    Future<List<Entry>> takenOver(String partition, Response found, long epoch) {
        if (found.size() == 0) {
            return Future.succeededFuture(List.of());
        }
        List<Request> requests = new ArrayList<>(found.size());
        for (Response entry : found) {
            EventId id = id(partition, entry.get(0).toString());
            requests.add(Request.cmd(Command.SMEMBERS).arg(Keys.done(partition, id.text())));
        }
        return link.batch(requests).map(notes -> {
            List<Entry> entries = new ArrayList<>(found.size());
            for (int i = 0; i < found.size(); i++) {
                entries.add(entry(partition, found.get(i), texts(notes.get(i)), epoch));
            }
            return entries;
        });
    }

    /** Notes that the event needs nothing more for these webhooks. */
    void note(String partition, EventId event, Collection<String> webhookIds) {
        String key = Keys.done(partition, event.text());
        Request add = Request.cmd(Command.SADD).arg(key);
        webhookIds.forEach(add::arg);
        Request expire = Request.cmd(Command.EXPIRE).arg(key).arg(NOTES_KEPT.toSeconds());
        link.batch(List.of(add, expire));
    }

    private Entry entry(String partition, Response entry, Set<String> settledFor, long epoch) {
        String entryId = entry.get(0).toString();
        return new Entry(
                new EntryRef(partition, entryId),
                EventFields.read(id(partition, entryId), entry.get(1)),
                settledFor,
                epoch);
    }

    private EventId id(String partition, String entryId) {
        return EventIds.of(entryId, Partitions.number(partition), installation.mark());
    }

    private static Set<String> texts(Response list) {
        Set<String> texts = new HashSet<>();
        list.forEach(text -> texts.add(text.toString()));
        return texts;
    }
}
