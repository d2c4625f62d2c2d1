package dev.sluice.journal.redis;

import dev.sluice.config.JournalConfig;
import dev.sluice.event.EntryRef;
import dev.sluice.event.EventId;
import dev.sluice.fault.AgainEach;
import dev.sluice.journal.Entry;
import dev.sluice.journal.JournalListener;
import dev.sluice.journal.JournalReader;
import dev.sluice.journal.redis.lease.Lease;
import dev.sluice.journal.redis.lease.LeaseCommands;
import dev.sluice.journal.redis.lease.LeaseKeeper;
import dev.sluice.journal.redis.lease.Leases;
import dev.sluice.journal.redis.lease.Lessee;
import dev.sluice.journal.redis.lease.News;
import dev.sluice.life.Epochs;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.trouble.RedisUnavailable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads its share of the keyed partitions, each in order and as its only reader.
 *
 * <h2>How it works</h2>
 *
 * Who reads a partition is said by a lease in Redis ({@code {k0}:lease}), on Redis' time. Every read is one script that
 * looks at the lease first, so that a reader that was paused for longer than its term gets nothing: whatever it believes,
 * the order is kept where the entries are. A new holder begins with everything that is pending, in order and whoever
 * held it, and only then reads what is new.
 *
 * <p>Entries are claimed with the lease, all at once or not at all; nothing is claimed for having been idle. What was
 * read under a lease that is lost is not this reader's any more, and {@link #owns} says so. An acknowledgement is
 * written nevertheless, whenever Redis takes it: that an event needs nobody any more stays true, whoever reads it next.
 *
 * <p>An answer may be lost on its way after Redis took its entries to be read, even late, by a command that everybody had
 * given up. So each read says which entry came last, and where the group has got further the script gives out again what
 * is pending behind that entry: nobody else reads there, so these can only be the lost ones.
 *
 * <p>A failover may lose acknowledgements while the lease goes on. Each time the link was away, and nothing is under way, what is
 * pending up to where this reader has read is acknowledged again.
 *
 * <h2>Why not</h2>
 *
 * <ul>
 *   <li>A blocking read in the script: Redis does not block in scripts. A blocking {@code XREAD} beside it only tells that
 *       something is new, and costs nothing while something always is.
 *   <li>An acknowledgement fenced by the lease: it would keep nothing right that is not right without, and repeat
 *       everything that settled during an outage longer than a term.
 * </ul>
 *
 * <p>Confined to one event loop.
 */
public final class KeyedJournalReader implements JournalReader {
    private static final Logger LOG = LoggerFactory.getLogger(KeyedJournalReader.class);

    private final News news;
    private final ConsumerGroups groups;
    private final Acknowledgements acknowledgements;
    private final StreamEntries entries;
    private final LeaseCommands commands;
    private final Leases leases;
    private final LeaseKeeper keeper;
    private final Epochs epochs;
    private final JournalListener listener;
    private final AgainEach reads;
    private final Sizes sizes;

    // confined state
    /** The last read left nothing behind. */
    private boolean caughtUp;

    /** @param lessee names this reader, and says when its leases end */
    public KeyedJournalReader(
            Vertx vertx,
            Links links,
            JournalConfig config,
            Lessee lessee,
            Installation installation,
            JournalListener listener) {
        List<String> partitions = Partitions.of(config).keyedNames();
        Duration term = LeaseKeeper.term(config);
        this.news = new News(links.hints(), links.commands(), lessee, RedisJournalReader.BLOCK, config.claimAfter());
        this.groups = new ConsumerGroups(links.commands(), () -> partitions);
        Notes notes = new Notes();
        this.acknowledgements = new Acknowledgements(vertx, links.commands(), notes);
        this.entries = new StreamEntries(installation, links.commands(), notes);
        this.commands = new LeaseCommands(links.commands(), RedisJournalReader.GROUP, lessee.reader(), term.toMillis());
        this.epochs = lessee.epochs();
        this.listener = listener;
        this.reads = links.commands().againEach("read a keyed partition");
        this.sizes = new Sizes(links.commands());
        this.leases = new Leases(
                partitions.size(), term.toNanos(), config.claimAfter().toNanos(), epochs, news::cut);
        this.keeper = new LeaseKeeper(commands, leases, partitions, lessee, term, acknowledgements::flush);
        keeper.start();
        links.commands().onUp(leases::doubt);
        links.commands().onUp(keeper::round);
    }

    /** @param hints for reads that block up to {@link RedisJournalReader#BLOCK}; nothing else may be sent on it */
    public record Links(RedisLink hints, RedisLink commands) {}

    @Override
    public Future<List<Entry>> read(int limit, long bytes) {
        return caughtUp ? read(limit) : sizes.fitting(bytes).compose(fitting -> read(Math.min(limit, fitting)));
    }

    private Future<List<Entry>> read(int limit) {
        List<Lease> held = leases.readable();
        if (news.isQuiet() && !held.isEmpty() && held.stream().noneMatch(Lease::isToBeRead)) {
            return news.await(held).map(List.of());
        }
        news.look();
        List<Lease> turn = leases.readable(limit);
        if (turn.isEmpty()) {
            return news.pause().map(List.of());
        }
        int each = Math.max(1, limit / turn.size());
        List<Future<List<Entry>>> pages =
                turn.stream().map(lease -> read(lease, each)).toList();
        return Future.join(pages).transform(done -> {
            List<Entry> read = new ArrayList<>();
            pages.stream().filter(Future::succeeded).forEach(page -> read.addAll(page.result()));
            caughtUp = turn.size() == leases.readable().size()
                    && turn.stream().allMatch(Lease::isCaughtUp)
                    && pages.stream()
                            .allMatch(page -> page.succeeded() && page.result().size() < each);
            if (!read.isEmpty()) {
                return Future.succeededFuture(read);
            }
            boolean isAnyRead = pages.stream().anyMatch(Future::succeeded);
            return isAnyRead ? news.await(leases.readable()).map(List.of()) : Future.failedFuture(done.cause());
        });
    }

    private Future<List<Entry>> read(Lease lease, int limit) {
        return reads.watch(
                lease.partition(),
                commands.read(lease, limit).compose(page -> open(lease, page)).recover(this::withoutGroup));
    }

    private Future<List<Entry>> open(Lease lease, LeaseCommands.Page page) {
        if (page.isLost()) {
            keeper.lost(lease, "not its own in Redis");
            return Future.succeededFuture(List.of());
        }
        if (page.isPending()) {
            lease.catchingUp();
            listener.claimed(page.entries().size());
            return entries.takenOver(lease.partition(), page.entries(), lease.epoch())
                    .map(found -> receive(lease, found));
        }
        List<Entry> fresh = new ArrayList<>(page.entries().size());
        entries.fresh(lease.partition(), page.entries(), lease.epoch(), fresh);
        lease.caughtUp(page.last());
        boolean isToBeSettled = fresh.isEmpty() && lease.isSettledInDoubt();
        return isToBeSettled ? settleAgain(lease) : Future.succeededFuture(receive(lease, fresh));
    }

    /** Only this reader acknowledges here: what a failover lost of that would stay pending. */
    private Future<List<Entry>> settleAgain(Lease lease) {
        return commands.settleAgain(lease).map(count -> {
            if (count > 0) {
                LOG.atInfo()
                        .addKeyValue("lease", lease)
                        .addKeyValue("events", count)
                        .log("acknowledged again");
            }
            lease.settledAgain(count < LeaseCommands.MOST_SETTLED);
            return List.of();
        });
    }

    /** What comes when the lease is lost or left stays pending, for who reads there next. */
    private List<Entry> receive(Lease lease, List<Entry> found) {
        if (lease.isLeaving() || !epochs.owns(lease.epoch())) {
            return List.of();
        }
        if (!found.isEmpty()) {
            lease.received(found.size(), found.get(found.size() - 1).ref().entryId());
        }
        return found;
    }

    /** A flushed or restored Redis has no group: make it again, from the first entry. */
    private Future<List<Entry>> withoutGroup(Throwable cause) {
        if (!ConsumerGroups.isMissing(cause)) {
            return Future.failedFuture(cause);
        }
        return groups.create().map(List.of());
    }

    @Override
    public void paused() {
        news.look();
        caughtUp = false;
    }

    /** There is nothing to claim but with a lease, and a read does that. */
    @Override
    public Future<List<Entry>> claim(int limit, long bytes) {
        return Future.succeededFuture(List.of());
    }

    @Override
    public boolean owns(long epoch) {
        return epochs.owns(epoch);
    }

    @Override
    public void acknowledge(EntryRef ref) {
        acknowledgements.add(ref);
        Lease lease = leases.of(ref.partition());
        if (lease != null) {
            lease.settled();
            if (lease.isDone()) {
                keeper.giveBack(lease);
            }
        }
    }

    @Override
    public void setAside(EntryRef ref) {
        Lease lease = leases.of(ref.partition());
        if (lease != null) {
            lease.setAside();
            if (lease.isDone()) {
                keeper.giveBack(lease);
            }
        }
    }

    /** Whoever takes the partition next, this reader perhaps, begins with what is pending, in order. */
    @Override
    public void readAgain() {
        keeper.leave(Lease::hasSetAside);
    }

    @Override
    public void noteSettled(EntryRef ref, EventId event, Collection<String> webhookIds) {
        entries.note(ref, event, webhookIds);
    }

    /** The lease on the partition is what keeps others away. */
    @Override
    public Future<Void> refresh(Collection<EntryRef> refs) {
        return Future.succeededFuture();
    }

    /** Whoever takes a lease next gets them; {@link #close} gives all leases back. */
    @Override
    public Future<Void> release(Collection<EntryRef> refs) {
        return acknowledgements.flush();
    }

    @Override
    public void retire() {
        keeper.retire();
        news.cut();
    }

    @Override
    public Future<Void> close() {
        return keeper.close()
                .eventually(acknowledgements::flush)
                .eventually(news::close)
                .recover(cause ->
                        cause instanceof RedisUnavailable ? Future.succeededFuture() : Future.failedFuture(cause));
    }
}
