package dev.sluice.journal.redis;

import dev.sluice.config.JournalConfig;
import dev.sluice.event.Event;
import dev.sluice.fault.Unreadables;
import dev.sluice.journal.Past;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.Script;
import dev.sluice.time.Ticker;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ranges of the streams. The id of an entry begins with the time at which it was accepted, by the clock of its Redis. */
public final class RedisPast implements Past {
    private static final Script PAST = Script.load("lua/journal-past.lua");
    /** What a page may bring, and a little more. */
    private static final int PAGE_BYTES = 1 << 20;

    private final RedisLink link;
    private final Installation installation;
    private final RedisPartitioning partitioning;
    private final Unreadables unreadable;

    public RedisPast(RedisLink link, JournalConfig config, Installation installation) {
        this.link = link;
        this.installation = installation;
        this.unreadable = link.faults().unreadable("journal entry");
        this.partitioning = new RedisPartitioning(link, config, installation.partitions(), Ticker.SYSTEM);
    }

    @Override
    public Future<List<String>> partitions() {
        return partitioning.look().map(now -> names());
    }

    private List<String> names() {
        return installation.partitions().now().names();
    }

    @Override
    public Future<Page> read(String partition, String place, Instant until, int limit) {
        String last = String.valueOf(until.toEpochMilli() - 1);
        List<String> arguments = List.of(place, last, String.valueOf(limit), String.valueOf(PAGE_BYTES));
        return link.call(PAST.on(Keys.events(partition)).with(arguments)).map(answer -> page(partition, place, answer));
    }

    private Page page(String partition, String place, Response answer) {
        int number = Partitions.number(partition);
        List<Event> events = new ArrayList<>();
        String next = place;
        for (Response entry : answer.get(1)) {
            String id = entry.get(0).toString();
            Event event = unreadable.read(
                    partition + "/" + id,
                    () -> EventFields.read(EventIds.of(id, number, installation.mark()), entry.get(1)));
            if (event != null) {
                events.add(event);
            }
            next = "(" + id;
        }
        return new Page(events, next, answer.get(0).toInteger() == 1);
    }

    @Override
    public Future<Optional<Instant>> oldest() {
        List<Request> firsts = names().stream()
                .map(partition -> Request.cmd(Command.XRANGE)
                        .arg(Keys.events(partition))
                        .arg("-")
                        .arg("+")
                        .arg("COUNT")
                        .arg(1))
                .toList();
        return link.batch(firsts)
                .map(answers -> answers.stream()
                        .filter(entries -> entries.size() > 0)
                        .map(entries -> accepted(entries.get(0).get(0).toString()))
                        .min(Instant::compareTo));
    }

    private static Instant accepted(String entryId) {
        return Instant.ofEpochMilli(Long.parseLong(entryId, 0, entryId.indexOf('-'), 10));
    }
}
