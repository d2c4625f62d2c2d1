package dev.sluice.journal.redis;

import dev.sluice.config.JournalConfig;
import dev.sluice.event.Appended;
import dev.sluice.event.Draft;
import dev.sluice.event.Receipt;
import dev.sluice.journal.Journal;
import dev.sluice.journal.JournalListener;
import dev.sluice.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
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
        Receipt[] receipts = new Receipt[drafts.size()];
        Future<?> before = before(layout, drafts, receipts);
        Future<?> written = before.isComplete() && before.succeeded()
                ? write(layout, drafts, receipts)
                : before.compose(done -> write(layout, drafts, receipts));
        return written.map(done -> durable(receipts)).recover(cause -> unavailable(drafts, cause));
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

    /** Hardly ever anything. */
    private Future<?> before(Layout layout, List<Draft> drafts, Receipt[] receipts) {
        Future<?> told = sizes.tell(drafts);
        if (layout.claims().isEmpty()) {
            return told;
        }
        Future<?> claimed = claim(layout.claims(), receipts);
        return told.compose(done -> claimed);
    }

    private Future<?> claim(List<NameClaim> claims, Receipt[] receipts) {
        List<Request> requests =
                claims.stream().map(claim -> claim.request(windowMillis)).toList();
        return link.batch(requests).onSuccess(answers -> read(claims, answers, receipts));
    }

    private Future<?> write(Layout layout, List<Draft> drafts, Receipt[] receipts) {
        AppendPlan plan = new AppendPlan(partitions, layout, windowMillis, drafts, receipts);
        List<Request> requests = plan.requests();
        if (requests.isEmpty()) {
            return Future.succeededFuture();
        }
        if (!durability.asks()) {
            return link.batch(requests).onSuccess(answers -> read(plan.writes(), answers, receipts));
        }
        return link.write(requests, durability.request()).compose(written -> {
            read(plan.writes(), written.answers(), receipts);
            return durability.holds(written.behind());
        });
    }

    private void read(List<? extends AppendPlan.Write> writes, List<Response> answers, Receipt[] receipts) {
        for (int i = 0; i < writes.size(); i++) {
            writes.get(i).read(answers.get(i), installation.mark(), receipts);
        }
    }

    private Future<Appended> unavailable(List<Draft> drafts, Throwable cause) {
        listener.appendFailed(drafts.size());
        return Future.succeededFuture(new Appended.Unavailable(String.valueOf(cause.getMessage())));
    }

    private Appended durable(Receipt[] receipts) {
        int stored = 0;
        int duplicates = 0;
        for (Receipt receipt : receipts) {
            stored += receipt.isStored() ? 1 : 0;
            duplicates += receipt.isDuplicate() ? 1 : 0;
        }
        listener.appended(stored, duplicates);
        return new Appended.Durable(List.of(receipts));
    }
}
