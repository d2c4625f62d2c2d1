package dev.sluice.journal.redis;

import dev.sluice.config.JournalConfig;
import dev.sluice.event.Appended;
import dev.sluice.event.Draft;
import dev.sluice.event.Receipt;
import dev.sluice.journal.Journal;
import dev.sluice.journal.JournalListener;
import dev.sluice.journal.redis.PartitionCount.Seen;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.line.Written;
import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Appends to Redis Streams: one write for each {@link #append} that is not very large, and one answer when the last of its
 * commands answered. Requests that no single script can append, and those whose names may lie elsewhere since there are
 * more partitions, go by themselves: a write before theirs claims or looks for their names, and holds up nobody else.
 * Events of one ordering key lie in the stream in the order in which they were given here, but those of such a request.
 *
 * <p>Confined to the context of its link.
 */
public final class RedisJournal implements Journal {
    private static final BitSet NOTHING = new BitSet();

    private final RedisLink link;
    private final Installation installation;
    private final PartitionCount count;
    private final FormerPlaces former;
    private final Durability durability;
    private final Sizes sizes;
    private final long windowMillis;
    private final JournalListener listener;

    // confined state
    private int turn;

    public RedisJournal(
            RedisLink link, Installation installation, JournalConfig config, int instance, JournalListener listener) {
        this.link = link;
        this.installation = installation;
        this.count = installation.partitions();
        this.durability = new Durability(link, config);
        this.former = new FormerPlaces(link, durability);
        this.sizes = new Sizes(link);
        this.windowMillis = config.idempotencyWindow().toMillis();
        this.listener = listener;
        this.turn = instance;
        link.tell(AppendOnce.SCRIPT);
    }

    @Override
    public Future<Appended> append(List<Draft> drafts) {
        return durability.isKnown()
                ? write(drafts)
                : durability.learnt().compose(known -> write(drafts)).recover(cause -> unavailable(drafts, cause));
    }

    private Future<Appended> write(List<Draft> drafts) {
        Seen seen = count.seen();
        Layout layout = layout(seen, drafts, FormerPlaces.Found.NONE);
        boolean mayMove = layout.hasFreeNames() && seen.partitions().isMoving();
        BitSet asked = mayMove || !layout.claims().isEmpty() ? layout.asked(false) : NOTHING;
        if (asked.isEmpty()) {
            return store(seen, layout, FormerPlaces.Found.NONE);
        }
        Halves halves = Halves.of(drafts, asked);
        return halves.others().isEmpty()
                ? ask(seen, drafts)
                : halves.joined(ask(seen, halves.asked()), store(seen, halves.others(), FormerPlaces.Found.NONE));
    }

    /** Requests whose names are claimed, or may lie elsewhere. */
    private Future<Appended> ask(Seen seen, List<Draft> drafts) {
        return count.isOld(seen)
                ? store(seen, drafts, FormerPlaces.Found.NONE)
                : former.find(seen.partitions(), Layout.names(drafts)).compose(found -> store(seen, drafts, found));
    }

    private Layout layout(Seen seen, List<Draft> drafts, FormerPlaces.Found found) {
        return new Layout(seen.partitions(), next(seen.partitions()), drafts, found.places());
    }

    private Future<Appended> store(Seen seen, List<Draft> drafts, FormerPlaces.Found found) {
        return store(seen, layout(seen, drafts, found), found);
    }

    private Future<Appended> store(Seen seen, Layout layout, FormerPlaces.Found found) {
        Receipts receipts = new Receipts(layout.drafts().size());
        found.leaveOutUnknown(layout.drafts(), receipts);
        leaveOutIfOld(seen, layout, receipts);
        Future<?> before = before(layout, receipts);
        Future<?> written = before.isComplete()
                ? write(layout, receipts)
                : before.transform(done -> {
                    leaveOutIfOld(seen, layout, receipts);
                    return write(layout, receipts);
                });
        return written.map(done -> answer(receipts)).recover(cause -> unavailable(layout.drafts(), cause));
    }

    /** Whoever waited may have stood still: others may not hold its names off any more that are placed by an old number. */
    private void leaveOutIfOld(Seen seen, Layout layout, Receipts receipts) {
        if (layout.hasFreeNames() && count.isOld(seen)) {
            Throwable cause = new IllegalStateException("has not heard for long how many partitions there are");
            layout.asked(true).stream().forEach(place -> receipts.leaveOut(place, place + 1, cause));
        }
    }

    /** The next of the free partitions; in a cluster, of those that can be reached. */
    private int next(Partitions partitions) {
        for (int i = 0; i < partitions.free(); i++) {
            int free = Math.floorMod(turn++, partitions.free());
            if (link.isUp(Partitions.stream(free))) {
                return free;
            }
        }
        return Math.floorMod(turn++, partitions.free());
    }

    /** Hardly ever anything. What it fails for is left out. */
    private Future<?> before(Layout layout, Receipts receipts) {
        Future<?> told =
                sizes.tell(layout.drafts()).onFailure(cause -> leaveOutLarge(layout.drafts(), receipts, cause));
        List<NameClaim> claims = layout.claims().stream()
                .filter(claim -> receipts.isOpen(claim.from()))
                .toList();
        return claims.isEmpty() ? told : Future.join(told, claim(claims, receipts));
    }

    private static void leaveOutLarge(List<Draft> drafts, Receipts receipts, Throwable cause) {
        for (int i = 0; i < drafts.size(); i++) {
            if (Sizes.isLarge(drafts.get(i))) {
                receipts.leaveOut(i, i + 1, cause);
            }
        }
    }

    private Future<?> claim(List<NameClaim> claims, Receipts receipts) {
        List<Request> requests =
                claims.stream().map(claim -> claim.request(windowMillis)).toList();
        return durability
                .ahead(requests)
                .onSuccess(written -> {
                    for (int i = 0; i < claims.size(); i++) {
                        Throwable failure = durability.failure(written, i);
                        if (failure == null) {
                            claims.get(i).read(written.answer(i), installation.mark(), receipts);
                        } else {
                            leaveOut(claims.get(i), receipts, failure);
                        }
                    }
                })
                .onFailure(cause -> claims.forEach(claim -> leaveOut(claim, receipts, cause)));
    }

    private static void leaveOut(NameClaim claim, Receipts receipts, Throwable cause) {
        receipts.leaveOut(claim.from(), claim.to(), cause);
    }

    private Future<?> write(Layout layout, Receipts receipts) {
        AppendPlan plan = new AppendPlan(layout, windowMillis, receipts);
        List<Request> requests = plan.requests();
        if (requests.isEmpty()) {
            return Future.succeededFuture();
        }
        Request behind = durability.asks() ? durability.request() : null;
        return link.write(requests, behind).onSuccess(written -> read(plan.writes(), written, receipts));
    }

    /** What was written but is not durable gets no receipt. */
    private void read(List<AppendPlan.Write> writes, Written written, Receipts receipts) {
        written.failures().forEach(receipts::failed);
        for (int i = 0; i < writes.size(); i++) {
            if (!written.isDone(i)) {
                continue;
            }
            Throwable missing = durability.asks() ? durability.missing(written.behind(i)) : null;
            if (missing == null) {
                writes.get(i).read(written.answer(i), installation.mark(), receipts);
            } else {
                receipts.failed(missing);
            }
        }
    }

    private Future<Appended> unavailable(List<Draft> drafts, Throwable cause) {
        listener.appendFailed(drafts.size());
        return Future.succeededFuture(new Appended.Unavailable(String.valueOf(cause.getMessage())));
    }

    private Appended answer(Receipts receipts) {
        if (receipts.missing() > 0) {
            listener.appendFailed(receipts.missing());
        }
        listener.appended(receipts.stored(), receipts.duplicates());
        return receipts.answer();
    }

    /** An append in two: what must be asked for first does not hold up the others, whose order would be broken by later ones. */
    private record Halves(List<Draft> asked, List<Draft> others, BitSet isAsked) {
        static Halves of(List<Draft> drafts, BitSet isAsked) {
            List<Draft> asked = new ArrayList<>();
            List<Draft> others = new ArrayList<>();
            for (int i = 0; i < drafts.size(); i++) {
                (isAsked.get(i) ? asked : others).add(drafts.get(i));
            }
            return new Halves(asked, others, isAsked);
        }

        /** Neither fails. */
        Future<Appended> joined(Future<Appended> ofAsked, Future<Appended> ofOthers) {
            return ofAsked.compose(first -> ofOthers.map(second -> joined(first, second)));
        }

        private Appended joined(Appended ofAsked, Appended ofOthers) {
            List<@Nullable Receipt> joined = new ArrayList<>(asked.size() + others.size());
            int fromAsked = 0;
            int fromOthers = 0;
            for (int i = 0; i < asked.size() + others.size(); i++) {
                joined.add(isAsked.get(i) ? receipt(ofAsked, fromAsked++) : receipt(ofOthers, fromOthers++));
            }
            String reason = reason(ofAsked) == null ? reason(ofOthers) : reason(ofAsked);
            return Receipts.answer(joined, String.valueOf(reason));
        }

        private static @Nullable Receipt receipt(Appended appended, int place) {
            if (appended instanceof Appended.Durable durable) {
                return durable.receipts().get(place);
            }
            return appended instanceof Appended.InPart part ? part.receipts().get(place) : null;
        }

        private static @Nullable String reason(Appended appended) {
            if (appended instanceof Appended.InPart part) {
                return part.reason();
            }
            return appended instanceof Appended.Unavailable none ? none.reason() : null;
        }
    }
}
