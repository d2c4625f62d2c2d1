package dev.sluice.journal.redis;

import dev.sluice.config.JournalConfig;
import dev.sluice.event.Appended;
import dev.sluice.event.Draft;
import dev.sluice.journal.Journal;
import dev.sluice.journal.JournalListener;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.line.Written;
import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import java.util.List;

/**
 * Appends to Redis Streams: one write for each {@link #append} that is not very large, and one answer when the last of its
 * commands answered. A write before it claims the names of requests that no single script can append.
 * Events of one ordering key lie in the stream in the order in which they were given here.
 *
 * <p>Confined to the context of its link.
 */
public final class RedisJournal implements Journal {
    private final RedisLink link;
    private final Installation installation;
    private final Partitions partitions;
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
        this.partitions = Partitions.of(config);
        this.durability = new Durability(link, config);
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
        Layout layout = new Layout(partitions, next(), drafts);
        Receipts receipts = new Receipts(drafts.size());
        Future<?> before = before(layout, drafts, receipts);
        Future<?> written = before.isComplete()
                ? write(layout, drafts, receipts)
                : before.transform(done -> write(layout, drafts, receipts));
        return written.map(done -> answer(receipts)).recover(cause -> unavailable(drafts, cause));
    }

    /** The next of the free partitions; in a cluster, of those that can be reached. */
    private int next() {
        for (int i = 0; i < partitions.free(); i++) {
            int free = Math.floorMod(turn++, partitions.free());
            if (link.isUp(Partitions.stream(free))) {
                return free;
            }
        }
        return Math.floorMod(turn++, partitions.free());
    }

    /** Hardly ever anything. What it fails for is left out. */
    private Future<?> before(Layout layout, List<Draft> drafts, Receipts receipts) {
        Future<?> told = sizes.tell(drafts).onFailure(cause -> leaveOutLarge(drafts, receipts, cause));
        return layout.claims().isEmpty() ? told : Future.join(told, claim(layout.claims(), receipts));
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
        return link.write(requests, null)
                .onSuccess(written -> {
                    for (int i = 0; i < claims.size(); i++) {
                        if (written.isDone(i)) {
                            claims.get(i).read(written.answer(i), installation.mark(), receipts);
                        } else {
                            leaveOut(claims.get(i), receipts, written.failure(i));
                        }
                    }
                })
                .onFailure(cause -> claims.forEach(claim -> leaveOut(claim, receipts, cause)));
    }

    private static void leaveOut(NameClaim claim, Receipts receipts, Throwable cause) {
        receipts.leaveOut(claim.from(), claim.to(), cause);
    }

    private Future<?> write(Layout layout, List<Draft> drafts, Receipts receipts) {
        AppendPlan plan = new AppendPlan(partitions, layout, windowMillis, drafts, receipts);
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
}
