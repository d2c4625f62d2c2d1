package dev.sluice.journal.redis.lease;

import dev.sluice.config.JournalConfig;
import dev.sluice.fault.Again;
import dev.sluice.fault.AgainEach;
import dev.sluice.life.Life;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes, renews and gives back one reader's leases, so that every keyed partition has a reader and every reader its
 * share. Confined to one event loop.
 *
 * <p>A lease is believed in until a term after it was asked for, by this pod's own monotonic clock, although Redis counts
 * the term from a later moment: so this reader stops before another one can begin.
 *
 * <p>The term is as short as the silence after which a pod is taken for dead: so a dead one's partitions are read on as
 * soon as the rest of what it had in hand, and one that stood still for longer finds that it holds nothing.
 */
public final class LeaseKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
    /** Twice a second, as often as a pod looks for what dead ones had in hand. */
    private static final int ROUNDS_IN_A_TERM = 6;

    private final LeaseCommands commands;
    private final Leases leases;
    private final List<String> partitions;
    private final Lessee lessee;
    private final Duration term;
    private final Supplier<Future<Void>> beforeRelease;
    private final Again chores;
    private final AgainEach renewals;

    // confined state
    private Timers.@Nullable Timer chore;
    private boolean balancing;
    private boolean retired;
    private boolean closed;

    /** @param beforeRelease what has to be written while the lease is still this reader's */
    public LeaseKeeper(
            LeaseCommands commands,
            Leases leases,
            List<String> partitions,
            Lessee lessee,
            Duration term,
            Supplier<Future<Void>> beforeRelease) {
        this.commands = commands;
        this.leases = leases;
        this.partitions = startingElsewhere(partitions, lessee.reader());
        this.lessee = lessee;
        this.term = term;
        this.beforeRelease = beforeRelease;
        this.chores = commands.again("share the keyed partitions");
        this.renewals = commands.againEach("renew the lease of a keyed partition");
    }

    /** Readers that look for a free partition at the same moment begin at different ones. */
    private static List<String> startingElsewhere(List<String> partitions, String reader) {
        int start = Math.floorMod(reader.hashCode(), partitions.size());
        List<String> rotated = new ArrayList<>(partitions.subList(start, partitions.size()));
        rotated.addAll(partitions.subList(0, start));
        return List.copyOf(rotated);
    }

    /** For which a lease is given. */
    public static Duration term(JournalConfig config) {
        return Life.PATIENCE.compareTo(config.claimAfter()) < 0 ? Life.PATIENCE : config.claimAfter();
    }

    /** Between two looks at what there is to take, to renew and to give back. */
    public static Duration pause(Duration term) {
        return term.dividedBy(ROUNDS_IN_A_TERM);
    }

    public void start() {
        chore = lessee.timers().every(pause(term), this::round);
    }

    /** Also called when Redis is there again. */
    public void round() {
        if (closed) {
            return;
        }
        long now = lessee.ticker().nanos();
        leases.ended().forEach(lease -> lost(lease, "not renewed in time"));
        leases.dueForRenewal(now).forEach(this::renew);
        leases.over(now).forEach(this::giveBack);
        if (!balancing) {
            balancing = true;
            chores.watch(share().compose(this::balance)).onComplete(done -> balancing = false);
        }
    }

    private Future<Integer> share() {
        return retired
                ? commands.leave().map(0)
                : commands.readers().map(readers -> retired ? 0 : leases.share(readers));
    }

    private Future<Void> balance(int share) {
        leases.leaveSurplus(share, lessee.ticker().nanos());
        int missing = leases.missing(share);
        if (missing == 0 || closed) {
            return Future.succeededFuture();
        }
        List<String> others = partitions.stream()
                .filter(partition -> leases.of(partition) == null)
                .toList();
        return commands.free(others)
                .compose(free ->
                        Future.join(free.stream().limit(missing).map(this::take).toList()))
                .mapEmpty();
    }

    private Future<Void> take(String partition) {
        long askedAt = lessee.ticker().nanos();
        Lease lease = new Lease(partition, lessee.reader(), lessee.epochs().next(), askedAt);
        return commands.take(lease).compose(taken -> {
            if (!taken) {
                return Future.succeededFuture();
            }
            if (closed) {
                return commands.release(lease);
            }
            lessee.epochs().begin(lease.epoch(), askedAt + term.toNanos());
            leases.add(lease);
            LOG.atDebug().addKeyValue("lease", lease).log("took a keyed partition");
            return Future.succeededFuture();
        });
    }

    private void renew(Lease lease) {
        long askedAt = lessee.ticker().nanos();
        lease.renewing();
        renewals.watch(lease.partition(), commands.renew(lease))
                .onSuccess(renewed -> {
                    lease.renewed(askedAt);
                    if (!renewed) {
                        lost(lease, "not its own in Redis");
                    } else if (!lessee.epochs().extend(lease.epoch(), askedAt + term.toNanos())) {
                        lost(lease, "renewed too late");
                        commands.release(lease);
                    }
                })
                .onFailure(unknown -> lease.notRenewed());
    }

    /** Everything that was read under it, and is not settled, will be read again, here or elsewhere. */
    public void lost(Lease lease, String reason) {
        lessee.epochs().end(lease.epoch());
        if (leases.remove(lease)) {
            LOG.atWarn()
                    .addKeyValue("lease", lease)
                    .addKeyValue("reason", reason)
                    .log("lost a keyed partition");
        }
    }

    /** Whoever takes the partition next begins with what is not settled. */
    public Future<Void> giveBack(Lease lease) {
        lessee.epochs().end(lease.epoch());
        if (!leases.remove(lease)) {
            return Future.succeededFuture();
        }
        LOG.atDebug().addKeyValue("lease", lease).log("gave a keyed partition back");
        return beforeRelease.get().eventually(() -> commands.release(lease));
    }

    /** Gives these back as soon as nothing of them is under way, and takes what is free then. */
    public void leave(Predicate<Lease> which) {
        long now = lessee.ticker().nanos();
        leases.all().stream().filter(which).forEach(lease -> lease.leave(now));
        leases.over(now).forEach(this::giveBack);
    }

    /** Takes nothing more, and gives each partition back as soon as nothing of it is under way. */
    public void retire() {
        retired = true;
        leases.leaveSurplus(0, lessee.ticker().nanos());
        round();
    }

    /** Gives everything back at once. Fails while Redis is away; the leases run out by themselves then. */
    public Future<Void> close() {
        retired = true;
        closed = true;
        if (chore != null) {
            chore.cancel();
        }
        List<Future<Void>> ends = new ArrayList<>();
        leases.all().forEach(lease -> ends.add(giveBack(lease)));
        ends.add(commands.leave());
        return Future.join(ends).mapEmpty();
    }
}
