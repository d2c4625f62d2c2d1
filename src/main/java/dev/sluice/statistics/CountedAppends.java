package dev.sluice.statistics;

import dev.sluice.event.Attributes;
import dev.sluice.event.Draft;
import dev.sluice.event.Event;
import dev.sluice.event.Receipt;
import dev.sluice.ingest.Appends;
import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;

/** The way to the journal; what is new is counted for its tenant. Confined to the event loop of its verticle instance. */
public final class CountedAppends implements Appends {
    private final Appends journal;
    private final Counter counter;

    public CountedAppends(Appends journal, Counter counter) {
        this.journal = journal;
        this.counter = counter;
    }

    @Override
    public boolean isOpen() {
        return journal.isOpen();
    }

    @Override
    public Future<List<Receipt>> append(List<Draft> drafts) {
        return journal.append(drafts).onSuccess(receipts -> count(drafts, receipts));
    }

    private void count(List<Draft> drafts, List<Receipt> receipts) {
        for (int i = 0; i < receipts.size(); i++) {
            if (receipts.get(i).isStored()) {
                String tenant = drafts.get(i).attributes().get(Attributes.TENANT);
                counter.accepted(Objects.requireNonNullElse(tenant, Event.DEFAULT_TENANT));
            }
        }
    }
}
