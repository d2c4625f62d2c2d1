package dev.sluice.journal.redis;

import dev.sluice.event.EntryRef;
import dev.sluice.event.EventId;
import dev.sluice.journal.Events;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds events by their ids alone, which say where they are. */
public final class RedisEvents implements Events {
    private final RedisLink link;

    public RedisEvents(RedisLink link) {
        this.link = link;
    }

    @Override
    public Future<Optional<Kept>> find(String eventId) {
        EntryRef ref = locate(eventId);
        if (ref == null) {
            return Future.succeededFuture(Optional.empty());
        }
        Request entry = Request.cmd(Command.XRANGE)
                .arg(Keys.events(ref.partition()))
                .arg(ref.entryId())
                .arg(ref.entryId());
        Request mark = Request.cmd(Command.GET).arg(Keys.INSTALLATION);
        return link.batch(List.of(entry, mark)).compose(answers -> {
            boolean isOurs = eventId.endsWith(Objects.toString(answers.get(1), ""));
            return answers.get(0).size() == 0 || !isOurs
                    ? Future.succeededFuture(Optional.empty())
                    : isPending(ref).map(pending -> Optional.of(kept(eventId, ref, answers.get(0), pending)));
        });
    }

    private static @Nullable EntryRef locate(String eventId) {
        try {
            return EventIds.locate(new EventId(eventId));
        } catch (IllegalArgumentException notOurs) {
            return null;
        }
    }

    private static Kept kept(String eventId, EntryRef ref, Response entries, boolean pending) {
        return new Kept(
                EventFields.read(new EventId(eventId), entries.get(0).get(1)),
                Instant.ofEpochMilli(millis(ref.entryId())),
                pending);
    }

    /** A reader holds it, or none has read it yet. */
    private Future<Boolean> isPending(EntryRef ref) {
        String key = Keys.events(ref.partition());
        Future<Boolean> held = link.send(Request.cmd(Command.XPENDING)
                        .arg(key)
                        .arg(RedisJournalReader.GROUP)
                        .arg(ref.entryId())
                        .arg(ref.entryId())
                        .arg(1))
                .map(holders -> holders.size() > 0);
        Future<Boolean> unread = link.send(
                        Request.cmd(Command.XINFO).arg("GROUPS").arg(key))
                .map(groups -> isBefore(lastDelivered(groups), ref.entryId()));
        return Future.join(held, unread)
                .map(both -> held.result() || unread.result())
                .recover(cause ->
                        ConsumerGroups.isMissing(cause) ? Future.succeededFuture(true) : Future.failedFuture(cause));
    }

    private static String lastDelivered(Response groups) {
        for (Response group : groups) {
            String name = "";
            String last = "0-0";
            for (int i = 0; i + 1 < group.size(); i += 2) {
                switch (group.get(i).toString()) {
                    case "name" -> name = group.get(i + 1).toString();
                    case "last-delivered-id" -> last = group.get(i + 1).toString();
                    default -> {
                        // not asked for
                    }
                }
            }
            if (name.equals(RedisJournalReader.GROUP)) {
                return last;
            }
        }
        return "0-0";
    }

    private static boolean isBefore(String one, String other) {
        long ms = millis(one);
        return ms < millis(other) || (ms == millis(other) && sequence(one) < sequence(other));
    }

    private static long millis(String entryId) {
        return Long.parseLong(entryId, 0, entryId.indexOf('-'), 10);
    }

    private static long sequence(String entryId) {
        return Long.parseLong(entryId, entryId.indexOf('-') + 1, entryId.length(), 10);
    }
}
