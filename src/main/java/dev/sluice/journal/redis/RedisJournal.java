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
 * commands answered.
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
        int free = Math.floorMod(turn++, partitions.free());
        AppendPlan plan = new AppendPlan(partitions, free, windowMillis, drafts);
        List<Request> requests = plan.requests();
        boolean asked = durability.asks();
        if (asked) {
            requests.add(durability.request());
        }
        sizes.tell(drafts);
        return link.batch(requests)
                .compose(answers ->
                        durability.holds(answers, asked).map(held -> receipts(drafts.size(), plan.writes(), answers)))
                .recover(cause -> unavailable(drafts, cause));
    }

    private Future<Appended> unavailable(List<Draft> drafts, Throwable cause) {
        listener.appendFailed(drafts.size());
        return Future.succeededFuture(new Appended.Unavailable(String.valueOf(cause.getMessage())));
    }

    private Appended receipts(int size, List<Write> writes, List<Response> answers) {
        Receipt[] receipts = new Receipt[size];
        for (int i = 0; i < writes.size(); i++) {
            writes.get(i).read(answers.get(i), installation.mark(), receipts);
        }
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
