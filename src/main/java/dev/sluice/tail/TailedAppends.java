package dev.sluice.tail;

import dev.sluice.event.Attributes;
import dev.sluice.event.Draft;
import dev.sluice.event.Event;
import dev.sluice.event.Receipt;
import dev.sluice.ingest.Appends;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;

/** The way to the journal; the tail is told of each new event. Confined to the event loop of its verticle instance. */
public final class TailedAppends implements Appends {
    private final Appends journal;
    private final Tail tail;
    private final InstantSource clock;

    public TailedAppends(Appends journal, Tail tail, InstantSource clock) {
        this.journal = journal;
        this.tail = tail;
        this.clock = clock;
    }

    @Override
    public boolean isOpen() {
        return journal.isOpen();
    }

    @Override
    public Future<List<Receipt>> append(List<Draft> drafts) {
        Future<List<Receipt>> appended = journal.append(drafts);
        return tail.isWanted() ? appended.onSuccess(receipts -> tell(drafts, receipts)) : appended;
    }

    private void tell(List<Draft> drafts, List<Receipt> receipts) {
        for (int i = 0; i < receipts.size(); i++) {
            if (receipts.get(i).isStored()) {
                tail.tell(line(drafts.get(i), receipts.get(i)));
            }
        }
    }

    private TailLine line(Draft draft, Receipt receipt) {
        Attributes attributes = draft.attributes();
        String said = attributes.get(Attributes.TENANT);
        String tenant = said == null ? Event.DEFAULT_TENANT : said;
        String type = attributes.get(Attributes.TYPE);
        JsonObject json = new JsonObject()
                .put("id", receipt.id().text())
                .put("type", type)
                .put("tenant", tenant)
                .put("source", attributes.get(Attributes.SOURCE))
                .put("at", clock.instant().toString())
                .put("bytes", draft.data().length());
        return new TailLine(TailLine.Kind.EVENT, tenant, null, type, json.encode());
    }
}
