package dev.sluice.journal.redis;

import dev.sluice.event.Draft;
import dev.sluice.event.Identity;
import dev.sluice.event.Receipt;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The commands of one append: one for each event that is new for sure, one script for each partition of those that may
 * repeat. In a keyed partition the events keep their order: what is open there goes before what comes after it.
 */
final class AppendPlan {
    /** One command of an append, and how its answer becomes receipts. */
    interface Write {
        /** Puts the receipt of each of its events at that event's place. */
        void read(Response answer, String mark, Receipts receipts);
    }

    private final Layout layout;
    private final long windowMillis;
    private final List<Request> requests;
    private final List<Write> writes;
    private final @Nullable AppendOnce[] open;

    /** @param receipts say which of the drafts are to be appended */
    AppendPlan(Layout layout, long windowMillis, Receipts receipts) {
        List<Draft> drafts = layout.drafts();
        this.layout = layout;
        this.windowMillis = windowMillis;
        this.requests = new ArrayList<>(drafts.size() + 1);
        this.writes = new ArrayList<>(drafts.size());
        this.open = new AppendOnce[layout.partitions().count()];
        for (int i = 0; i < drafts.size(); i++) {
            if (receipts.isOpen(i)) {
                add(i, drafts.get(i));
            }
        }
        for (int i = 0; i < open.length; i++) {
            close(i);
        }
    }

    /** To be sent in order, one for each of {@link #writes}; the caller may add others behind them. */
    List<Request> requests() {
        return requests;
    }

    List<Write> writes() {
        return writes;
    }

    private void add(int place, Draft draft) {
        int partition = layout.partition(place);
        Identity identity = draft.identity();
        if (identity != null) {
            script(partition, layout.says(place)).add(place, identity, layout.says(place), layout.number(place), draft);
            return;
        }
        if (partition >= Partitions.FIRST_KEYED) {
            close(layout.partitions().index(partition));
        }
        Request request =
                Request.cmd(Command.XADD).arg(Partitions.stream(partition)).arg("*");
        EventFields.write(draft, request);
        requests.add(request);
        writes.add((answer, mark, receipts) ->
                receipts.put(place, Receipt.stored(EventIds.of(answer.toString(), partition, mark))));
    }

    private AppendOnce script(int partition, Layout.Says says) {
        int index = layout.partitions().index(partition);
        AppendOnce script = open[index];
        if (script != null && script.isFull() && says != Layout.Says.EVENT_BEFORE) {
            close(index);
            script = null;
        }
        if (script == null) {
            script = new AppendOnce(partition, windowMillis);
            open[index] = script;
        }
        return script;
    }

    private void close(int index) {
        AppendOnce script = open[index];
        if (script != null) {
            requests.add(script.request());
            writes.add(script);
            open[index] = null;
        }
    }
}
