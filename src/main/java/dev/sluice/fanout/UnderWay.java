package dev.sluice.fanout;

import dev.sluice.event.EntryRef;
import dev.sluice.journal.Entry;
import dev.sluice.life.Epochs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** The events that one reader has read and not acknowledged, by ticket, and the credit that they take. Confined to its fan-out. */
final class UnderWay {
    private final Credit credit;
    private final Map<Long, Unsettled> unsettled = new LinkedHashMap<>();
    private final Set<Unsettled> partly = new LinkedHashSet<>();
    /** Under which something was read that may still be unsettled. */
    private final Set<Long> epochs = new HashSet<>();

    private long nextTicket;

    UnderWay(Credit credit) {
        this.credit = credit;
    }

    /** Answers the ticket of the first; the others follow. */
    long take(List<Entry> entries, long now) {
        credit.take(entries);
        long first = nextTicket;
        for (Entry entry : entries) {
            unsettled.put(nextTicket++, new Unsettled(entry, now));
            if (entry.epoch() != Epochs.NONE) {
                epochs.add(entry.epoch());
            }
        }
        return first;
    }

    @Nullable
    Unsettled get(long ticket) {
        return unsettled.get(ticket);
    }

    void placed(Unsettled event, int deliveries) {
        event.expect(deliveries);
        credit.placed(deliveries);
    }

    /** Whether it was the last of its event. */
    boolean settled(Unsettled event, String webhookId) {
        credit.settled();
        boolean last = event.settled(webhookId);
        if (!last) {
            partly.add(event);
        }
        return last;
    }

    void end(long ticket, Unsettled event) {
        unsettled.remove(ticket);
        giveBack(event);
    }

    private void giveBack(Unsettled event) {
        partly.remove(event);
        credit.giveBack(event.entry, event.remaining());
    }

    /** Drops what is another reader's now, which gets it with the lease: the credit is free for what is still ours. */
    boolean dropLost(LongPredicate owns) {
        boolean isLost = epochs.removeIf(epoch -> !owns.test(epoch));
        if (isLost) {
            unsettled.values().removeIf(event -> {
                boolean lost = !owns.test(event.entry.epoch());
                if (lost) {
                    giveBack(event);
                }
                return lost;
            });
        }
        return isLost;
    }

    /** Those that were read before then. */
    List<EntryRef> since(long then) {
        List<EntryRef> old = new ArrayList<>();
        for (Unsettled event : unsettled.values()) {
            if (event.since - then > 0) {
                break; // tickets are in order of time
            }
            old.add(event.entry.ref());
        }
        return old;
    }

    List<EntryRef> all() {
        return unsettled.values().stream().map(event -> event.entry.ref()).toList();
    }

    /** Of which some deliveries settled since the last call, and others did not. */
    List<Unsettled> takePartly() {
        List<Unsettled> taken = List.copyOf(partly);
        partly.clear();
        return taken;
    }

    void clear() {
        unsettled.clear();
        partly.clear();
    }

    int size() {
        return unsettled.size();
    }

    int free() {
        return credit.free();
    }

    long freeBytes() {
        return credit.freeBytes();
    }
}
