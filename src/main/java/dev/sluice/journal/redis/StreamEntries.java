package dev.sluice.journal.redis;

import dev.sluice.event.EntryRef;
import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import dev.sluice.fault.Again;
import dev.sluice.fault.Unreadables;
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
    private final Unreadables unreadable;
    private final Notes kept;
    private final Again notes;

    /** @param link for the notes */
    StreamEntries(Installation installation, RedisLink link, Notes kept) {
        this.kept = kept;
        this.installation = installation;
        this.link = link;
        this.unreadable = link.faults().unreadable("journal entry");
        this.notes = link.again("note settled deliveries");
    }

    /** Adds entries that nobody read before. */
    void fresh(String partition, Response found, long epoch, List<Entry> to) {
        for (Response entry : found) {
            add(partition, entry, Set.of(), epoch, to);
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
                Set<String> settledFor = texts(notes.get(i));
                remember(partition, found.get(i).get(0).toString(), settledFor);
                add(partition, found.get(i), settledFor, epoch, entries);
            }
            return entries;
        });
    }

    private void remember(String partition, String entryId, Set<String> settledFor) {
        if (!settledFor.isEmpty()) {
            EventId event = id(partition, entryId);
            kept.add(new EntryRef(partition, entryId), Keys.done(partition, event.text()));
        }
    }

    /** Notes that the event needs nothing more for these webhooks. */
    void note(EntryRef ref, EventId event, Collection<String> webhookIds) {
        String key = Keys.done(ref.partition(), event.text());
        kept.add(ref, key);
        Request add = Request.cmd(Command.SADD).arg(key);
        webhookIds.forEach(add::arg);
        Request expire = Request.cmd(Command.EXPIRE).arg(key).arg(NOTES_KEPT.toSeconds());
        notes.watch(link.batch(List.of(add, expire)));
    }

    /** What cannot be read stays pending: a pod of the version that wrote it may claim it. */
    private void add(String partition, Response entry, Set<String> settledFor, long epoch, List<Entry> to) {
        String entryId = entry.get(0).toString();
        Event event = unreadable.read(
                partition + "/" + entryId, () -> EventFields.read(id(partition, entryId), entry.get(1)));
        if (event != null) {
            to.add(new Entry(new EntryRef(partition, entryId), event, settledFor, epoch));
        }
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
