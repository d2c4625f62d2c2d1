package dev.sluice.trace;

import dev.sluice.delivery.policy.Split;
import dev.sluice.event.Attributes;
import dev.sluice.event.Draft;
import dev.sluice.event.Event;
import dev.sluice.event.Receipt;
import dev.sluice.ingest.Appends;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The way to the journal, with a span for each event that is new, from when it was read out of its request to when it is
 * durable. Confined to the event loop of its verticle instance.
 */
final class TracedAppends implements Appends {
    private final Appends journal;
    private final Sampler sampler;
    private final Moments moments;
    private final Spans spans;

    TracedAppends(Appends journal, Sampler sampler, Moments moments, Spans spans) {
        this.journal = journal;
        this.sampler = sampler;
        this.moments = moments;
        this.spans = spans;
    }

    @Override
    public boolean isOpen() {
        return journal.isOpen();
    }

    @Override
    public Future<List<Receipt>> append(List<Draft> drafts) {
        long begun = moments.ticker().nanos();
        return journal.append(drafts).onSuccess(receipts -> {
            long took = moments.ago(begun);
            for (int i = 0; i < receipts.size(); i++) {
                if (receipts.get(i).isStored()) {
                    trace(drafts.get(i).attributes(), receipts.get(i), took);
                }
            }
        });
    }

    private void trace(Attributes attributes, Receipt receipt, long took) {
        Trace trace = sampler.of(receipt.id(), attributes);
        if (trace != null) {
            long now = moments.now();
            Map<String, Object> said = Map.of(
                    Said.EVENT,
                    receipt.id().text(),
                    Said.TYPE,
                    Objects.requireNonNullElse(attributes.get(Attributes.TYPE), ""),
                    Said.TENANT,
                    Objects.requireNonNullElse(attributes.get(Attributes.TENANT), Event.DEFAULT_TENANT));
            Span.Place place = new Span.Place(trace, trace.ingest(), trace.producer());
            spans.add(new Span(place, Span.Step.INGEST, now - took, now, said, false, Split.UNKNOWN));
        }
    }
}
