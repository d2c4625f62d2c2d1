package dev.sluice.journal.redis;

import dev.sluice.event.Attributes;
import dev.sluice.event.Draft;
import dev.sluice.event.Event;
import dev.sluice.event.Identity;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The commands of one append: one for each event that is new for sure, one script for each partition of those that may
 * repeat. In a keyed partition the events keep their order: what is open there goes before what comes after it.
 */
final class AppendPlan {
    private final Partitions partitions;
    private final int free;
    private final long windowMillis;
    private final List<Request> requests;
    private final List<Write> writes;
    private final @Nullable AppendOnce[] open;

    /** @param free the partition of the events that neither have an ordering key nor may repeat */
    AppendPlan(Partitions partitions, int free, long windowMillis, List<Draft> drafts) {
        this.partitions = partitions;
        this.free = free;
        this.windowMillis = windowMillis;
        this.requests = new ArrayList<>(drafts.size() + 1);
        this.writes = new ArrayList<>(drafts.size());
        this.open = new AppendOnce[partitions.count()];
        for (int i = 0; i < drafts.size(); i++) {
            add(i, drafts.get(i));
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
        String orderingKey = draft.attributes().get(Attributes.PARTITION_KEY);
        Identity identity = draft.identity();
        if (identity != null) {
            int partition = orderingKey == null ? partitions.freeOf(identity.group()) : keyed(draft, orderingKey);
            script(partition).add(place, identity, draft);
            return;
        }
        int partition = free;
        if (orderingKey != null) {
            partition = keyed(draft, orderingKey);
            close(partitions.index(partition));
        }
        requests.add(AppendAlways.request(partition, draft));
        writes.add(new AppendAlways(partition, place));
    }

    private int keyed(Draft draft, String orderingKey) {
        String tenant = draft.attributes().get(Attributes.TENANT);
        return partitions.keyedOf(tenant == null ? Event.DEFAULT_TENANT : tenant, orderingKey);
    }

    private AppendOnce script(int partition) {
        int index = partitions.index(partition);
        AppendOnce script = open[index];
        if (script != null && script.isFull()) {
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
