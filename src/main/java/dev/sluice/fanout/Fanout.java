package dev.sluice.fanout;

import dev.sluice.config.FanoutConfig;
import dev.sluice.event.EntryRef;
import dev.sluice.event.Settled;
import dev.sluice.fault.Again;
import dev.sluice.fault.Faults;
import dev.sluice.fault.Retries;
import dev.sluice.fault.Unreadables;
import dev.sluice.journal.Entry;
import dev.sluice.journal.JournalReader;
import dev.sluice.life.Life;
import dev.sluice.subscription.Index;
import dev.sluice.subscription.Registry;
import dev.sluice.subscription.Webhook;
import dev.sluice.time.Chore;
import dev.sluice.time.Ticker;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One reader's part of the fan-out. Confined to one event loop; not thread-safe. */
public final class Fanout {
    private static final Duration NOTE = Duration.ofMillis(200);

    private final JournalReader reader;
    private final Outbox outbox;
    private final Limits limits;
    private final Clock clock;
    private final FanoutListener listener;
    private final UnderWay underWay;
    private final Tenants tenants;
    private final Again reads;
    private final Again refreshes;
    private final Unreadables unmatchable;
    private final TakeOver takeOver;
    private final Chore upkeep;

    // confined state
    private final List<Timers.Timer> chores = new ArrayList<>();
    private boolean reading;
    private boolean stopped;

    private Future<?> lastRead = Future.succeededFuture();
    private final List<EntryRef> leftOver = new ArrayList<>();

    /**
     * @param window     deliveries that may be unsettled at once, and the bytes of their events
     * @param readBatch  events asked for at once, at most
     * @param claimAfter an entry that nobody refreshed for so long is taken over
     */
    public record Limits(FanoutConfig window, int readBatch, Duration claimAfter) {}

    public record Clock(Ticker ticker, Timers timers, Faults faults) {
        public Clock(Ticker ticker, Timers timers) {
            this(ticker, timers, Faults.UNCOUNTED);
        }
    }

    public Fanout(
            JournalReader reader,
            Registry registry,
            Outbox outbox,
            Limits limits,
            Clock clock,
            FanoutListener listener) {
        this.reader = reader;
        this.outbox = outbox;
        this.limits = limits;
        this.clock = clock;
        this.listener = listener;
        this.underWay = new UnderWay(new Credit(limits.window()));
        Retries retries = new Retries(clock.faults(), clock.timers());
        this.reads = retries.again("read the journal");
        this.takeOver = new TakeOver(
                underWay,
                limits.readBatch(),
                retries.again("claim events of other readers"),
                clock.timers(),
                entries -> receive(withoutOwn(entries)));
        this.upkeep = new Chore(clock.timers(), NOTE, this::upkeep);
        this.refreshes = retries.again("refresh events under way");
        this.unmatchable = clock.faults().unreadable("event that cannot be matched");
        this.tenants = new Tenants(registry, retries.each("load the webhooks of a tenant"), new Placing());
    }

    public void start() {
        Duration third = limits.claimAfter().dividedBy(3);
        chores.add(clock.timers().every(third, this::refresh));
        chores.add(clock.timers().every(third, () -> takeOver.claim(reader::claim)));
        chores.add(clock.timers().every(Life.BEAT, () -> takeOver.claim(reader::inherit)));
        pump();
    }

    /** Reads no more, and places nothing that waits for its tenant; what is under way goes on. */
    public void stopPlacing() {
        if (!stopped) {
            stopped = true;
            takeOver.stop();
            reader.retire();
            tenants.clear();
        }
    }

    /** Gives back what is not settled, for others to take at once, and ends. */
    public Future<Void> stop() {
        stopPlacing();
        chores.forEach(Timers.Timer::cancel);
        upkeep.end();
        note();
        leftOver.addAll(underWay.all());
        underWay.clear();
        return Future.join(List.of(lastRead, takeOver.last()))
                .transform(ended -> reader.release(leftOver))
                .eventually(reader::close);
    }

    /** What a read brings after the stop is given back as it came: placed, it would be delivered from here and there. */
    private void receive(List<Entry> entries) {
        if (stopped) {
            entries.forEach(entry -> leftOver.add(entry.ref()));
        } else {
            take(entries);
        }
    }

    /** Reads whenever there is credit and no read is out. */
    private void pump() {
        int free = underWay.free();
        if (stopped || reading) {
            return;
        }
        if (free == 0) {
            reader.paused();
            return;
        }
        reading = true;
        Future<List<Entry>> read = reader.read(Math.min(free, limits.readBatch()), underWay.freeBytes());
        lastRead = read;
        read.onSuccess(entries -> {
                    reading = false;
                    reads.worked();
                    listener.read(entries.size());
                    receive(entries);
                    pump();
                })
                .onFailure(cause -> {
                    reading = false;
                    reads.later(cause, this::pump);
                });
    }

    private void take(List<Entry> entries) {
        long first = underWay.take(entries, clock.ticker().nanos());
        if (!entries.isEmpty()) {
            upkeep.ask();
        }
        for (int i = 0; i < entries.size(); i++) {
            tenants.find(first + i, entries.get(i).event().tenant());
        }
        outbox.flush();
        listener.holding(underWay.size());
    }

    /** What becomes of events whose tenant is known, or cannot be known. */
    private final class Placing implements Tenants.Place {
        /** One event that cannot be matched does not hold up those behind it. */
        @Override
        public void place(long ticket, Index index) {
            Unsettled held = underWay.get(ticket);
            if (held == null || !reader.owns(held.entry.epoch())) {
                return; // another reader's since the lease was lost
            }
            try {
                Fanout.this.place(ticket, held, index);
                unmatchable.readable(held.entry.event().id().text());
            } catch (RuntimeException broken) {
                unmatchable.unreadable(held.entry.event().id().text(), broken);
                setAside(ticket);
            }
        }

        @Override
        public void setAside(long ticket) {
            Unsettled held = underWay.get(ticket);
            if (held == null || !reader.owns(held.entry.epoch())) {
                return; // it is not of the lease that this reader may have there now
            }
            takeOver.setAside();
            underWay.end(ticket, held);
            reader.setAside(held.entry.ref());
        }

        /** Outside of a read: what is placed has to be sent, and a full window may have waited for what nobody wants. */
        @Override
        public void loaded(boolean wasSetAside) {
            outbox.flush();
            if (wasSetAside) {
                reader.readAgain();
            }
            pump();
        }

        @Override
        public void gaveUp() {
            pump();
        }
    }

    private void place(long ticket, Unsettled held, Index index) {
        List<Webhook> webhooks = held.entry.event().isMuted() ? List.of() : index.match(held.entry.event());
        Set<String> before = held.entry.settledFor();
        if (!before.isEmpty()) {
            webhooks = webhooks.stream()
                    .filter(webhook -> !before.contains(webhook.id()))
                    .toList();
        }
        underWay.placed(held, webhooks.size());
        listener.placed(held.entry.event(), webhooks.size(), held.since);
        if (webhooks.isEmpty()) {
            forget(ticket, held);
            if (before.isEmpty()) {
                listener.unmatched();
            } else {
                listener.settled();
            }
            return;
        }
        listener.matched(webhooks.size());
        outbox.add(ticket, held.entry, webhooks);
    }

    /** The lanes gave deliveries back. */
    public void settle(Settled settled) {
        for (Settled.Settlement settlement : settled.settlements()) {
            Unsettled held = underWay.get(settlement.ticket());
            if (held == null || !reader.owns(held.entry.epoch())) {
                continue; // given back after a stop, or another reader's: a lane may not even have begun with it
            }
            if (underWay.settled(held, settlement.webhookId())) {
                forget(settlement.ticket(), held);
                listener.settled();
            }
        }
        listener.holding(underWay.size());
        pump();
    }

    private void forget(long ticket, Unsettled held) {
        underWay.end(ticket, held);
        reader.acknowledge(held.entry.ref());
    }

    private long upkeep() {
        note();
        dropLost();
        return underWay.size() == 0 ? Chore.REST : 0;
    }

    private void dropLost() {
        if (underWay.dropLost(reader::owns)) {
            listener.holding(underWay.size());
            pump();
        }
    }

    /** Slow work is not claimed from a live pod. */
    private void refresh() {
        long third = limits.claimAfter().dividedBy(3).toNanos();
        List<EntryRef> old = underWay.since(clock.ticker().nanos() - third);
        if (!old.isEmpty()) {
            refreshes.watch(reader.refresh(old));
        }
    }

    /** A reader that was too slow to refresh may claim from itself what it still works on. */
    private List<Entry> withoutOwn(List<Entry> entries) {
        Set<EntryRef> own = entries.isEmpty() ? Set.of() : Set.copyOf(underWay.all());
        return entries.stream().filter(entry -> !own.contains(entry.ref())).toList();
    }

    /** Deliveries that settled while others of their event did not: a crash repeats only what settled since. */
    private void note() {
        for (Unsettled held : underWay.takePartly()) {
            reader.noteSettled(held.entry.ref(), held.entry.event().id(), held.takeUnnoted());
        }
    }
}
