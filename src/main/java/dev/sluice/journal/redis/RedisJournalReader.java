package dev.sluice.journal.redis;

import dev.sluice.config.JournalConfig;
import dev.sluice.event.EntryRef;
import dev.sluice.event.EventId;
import dev.sluice.fault.Outage;
import dev.sluice.journal.Entry;
import dev.sluice.journal.JournalListener;
import dev.sluice.journal.JournalReader;
import dev.sluice.journal.redis.lease.IdleTimes;
import dev.sluice.life.Epochs;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.StreamReads;
import dev.sluice.redis.trouble.RedisUnavailable;
import dev.sluice.time.Ticker;
import dev.sluice.time.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads all free partitions as one consumer: new entries on a link that may block, everything else on another. */
public final class RedisJournalReader implements JournalReader {
    /** How long a read waits for the first new entry, unless the reader retires. */
    public static final Duration BLOCK = Duration.ofSeconds(1);

    static final String GROUP = "fanout";
    private static final String START = "0-0";

    private final RedisLink reads;
    private final StreamReads news;
    private final RedisLink commands;
    private final ConsumerGroups groups;
    private final Acknowledgements acknowledgements;
    private final String consumer;
    private final StreamEntries entries;
    private final Inheritance inheritance;
    private final IdleTimes idleTimes;
    private final PartitionCount count;
    private final long claimAfterMillis;
    private final JournalListener listener;
    private final Sizes sizes;

    // confined state
    private List<String> partitions;

    private final Map<String, String> cursors = new HashMap<>();
    /** The last read left nothing behind, so that the next brings what came since, and no more. */
    private boolean caughtUp;

    private int turn;
    /** Partitions of which nothing came, one after the other. */
    private int dry;

    public RedisJournalReader(
            Vertx vertx,
            Links links,
            JournalConfig config,
            Name name,
            Installation installation,
            JournalListener listener) {
        this.reads = links.reads();
        this.commands = links.commands();
        this.news = new StreamReads(
                reads,
                new VertxTimers(vertx),
                Ticker.SYSTEM,
                config.claimAfter().dividedBy(2),
                this::makeGroups);
        this.count = installation.partitions();
        this.partitions = count.now().freeNames();
        this.groups = new ConsumerGroups(commands, () -> partitions);
        Notes notes = new Notes();
        this.acknowledgements = new Acknowledgements(vertx, commands, notes);
        this.consumer = name.consumer();
        this.entries = new StreamEntries(installation, commands, notes);
        this.inheritance = new Inheritance(commands, name, () -> partitions, entries, listener);
        this.idleTimes = new IdleTimes(commands, GROUP, consumer);
        this.claimAfterMillis = config.claimAfter().toMillis();
        this.listener = listener;
        this.sizes = new Sizes(commands);
    }

    /** @param reads nothing else may be sent on it */
    public record Links(RedisLink reads, RedisLink commands) {}

    /**
     * Who reads.
     *
     * @param consumer its name in the group, never used before: that of the pod, '-' and a number
     * @param dead     the pods whose readers read no more
     */
    public record Name(String consumer, Supplier<Set<String>> dead) {}

    @Override
    public Future<List<Entry>> read(int limit, long bytes) {
        follow();
        if (caughtUp) {
            return read(partitions, Math.max(1, limit / partitions.size()), true);
        }
        return sizes.fitting(bytes).compose(fitting -> readSome(Math.min(limit, fitting)));
    }

    /** Of partitions that are new to it others may have read, or died at it. */
    private void follow() {
        if (partitions.size() != count.free()) {
            partitions = count.now().freeNames();
            groups.create();
            paused();
            inheritance.lookAgain();
        }
    }

    /** At once, so many; of a few partitions in turns, if they are so few. */
    private Future<List<Entry>> readSome(int most) {
        if (most >= partitions.size()) {
            return read(partitions, most / partitions.size(), false);
        }
        List<String> some = new ArrayList<>(most);
        for (int i = 0; i < most; i++) {
            some.add(partitions.get(Math.floorMod(turn++, partitions.size())));
        }
        return read(some, 1, false);
    }

    private Future<List<Entry>> read(List<String> from, int each, boolean waits) {
        Map<String, String> streams = new LinkedHashMap<>();
        from.forEach(partition -> streams.put(Keys.events(partition), ">"));
        return news.read(() -> command(each), streams, waits ? BLOCK : Duration.ZERO)
                .onSuccess(answer -> note(answer, from.size(), each))
                .onFailure(lost -> paused())
                .map(this::entries)
                .recover(this::withoutGroup);
    }

    private Request command(int each) {
        return Request.cmd(Command.XREADGROUP)
                .arg("GROUP")
                .arg(GROUP)
                .arg(consumer)
                .arg("COUNT")
                .arg(each);
    }

    private void note(List<Response> answer, int asked, int each) {
        boolean full = answer.stream().anyMatch(stream -> stream.get(1).size() >= each);
        dry = full || news.isOwed() ? 0 : dry + asked;
        caughtUp = dry >= partitions.size();
    }

    @Override
    public void paused() {
        dry = 0;
        caughtUp = false;
    }

    private void makeGroups(Throwable cause) {
        if (ConsumerGroups.isMissing(cause)) {
            groups.create();
        }
    }

    /** A flushed or restored Redis has no group: make it again, from the first entry. */
    private Future<List<Entry>> withoutGroup(Throwable cause) {
        if (!ConsumerGroups.isMissing(cause)) {
            return Future.failedFuture(cause);
        }
        return groups.create().map(List.of());
    }

    private List<Entry> entries(List<Response> answer) {
        List<Entry> all = new ArrayList<>();
        for (Response stream : answer) {
            entries.fresh(Keys.partitionOf(stream.get(0).toString()), stream.get(1), Epochs.NONE, all);
        }
        return all;
    }

    /** Each partition has a cursor that goes on where its last claim ended. */
    @Override
    public Future<List<Entry>> claim(int limit, long bytes) {
        return sizes.fitting(bytes).compose(fitting -> claim(0, Math.min(limit, fitting), List.of()));
    }

    /** One partition after the other, until it is enough. */
    private Future<List<Entry>> claim(int index, int most, List<Entry> before) {
        if (index >= partitions.size() || before.size() >= most) {
            return Future.succeededFuture(before);
        }
        return claim(partitions.get(index), most - before.size())
                .recover(this::withoutGroup)
                .recover(this::passOver)
                .compose(found -> claim(index + 1, most, joined(before, found)));
    }

    /** In a cluster the others may be reached. */
    private Future<List<Entry>> passOver(Throwable cause) {
        boolean isPart = Outage.is(cause) && partitions.stream().anyMatch(each -> commands.isUp(Keys.events(each)));
        return isPart ? Future.succeededFuture(List.of()) : Future.failedFuture(cause);
    }

    private static List<Entry> joined(List<Entry> before, List<Entry> found) {
        return Stream.concat(before.stream(), found.stream()).toList();
    }

    private Future<List<Entry>> claim(String partition, int limit) {
        Request request = Request.cmd(Command.XAUTOCLAIM)
                .arg(Keys.events(partition))
                .arg(GROUP)
                .arg(consumer)
                .arg(claimAfterMillis)
                .arg(cursors.getOrDefault(partition, START))
                .arg("COUNT")
                .arg(limit);
        return commands.send(request).compose(answer -> claimed(partition, limit, answer));
    }

    /** A look that found nothing goes on to the end: live entries, however many, do not hide a dead pod's behind them. */
    private Future<List<Entry>> claimed(String partition, int limit, Response answer) {
        String cursor = answer.get(0).toString();
        cursors.put(partition, cursor);
        Response found = answer.get(1);
        if (found.size() == 0) {
            return cursor.equals(START) ? Future.succeededFuture(List.of()) : claim(partition, limit);
        }
        listener.claimed(found.size());
        return entries.takenOver(partition, found, Epochs.NONE);
    }

    @Override
    public Future<List<Entry>> inherit(int limit, long bytes) {
        return inheritance.isEmpty()
                ? Future.succeededFuture(List.of())
                : sizes.fitting(bytes).compose(fitting -> inheritance.take(Math.min(limit, fitting)));
    }

    @Override
    public void acknowledge(EntryRef ref) {
        acknowledgements.add(ref);
    }

    @Override
    public void noteSettled(EntryRef ref, EventId event, Collection<String> webhookIds) {
        entries.note(ref, event, webhookIds);
    }

    @Override
    public Future<Void> refresh(Collection<EntryRef> refs) {
        return idleTimes.set(refs, 0);
    }

    @Override
    public Future<Void> release(Collection<EntryRef> refs) {
        return acknowledgements.flush().eventually(() -> idleTimes.set(refs, claimAfterMillis));
    }

    @Override
    public void retire() {
        news.cut(commands);
    }

    @Override
    public Future<Void> close() {
        return acknowledgements
                .flush()
                .eventually(reads::close)
                .recover(cause ->
                        cause instanceof RedisUnavailable ? Future.succeededFuture() : Future.failedFuture(cause));
    }
}
