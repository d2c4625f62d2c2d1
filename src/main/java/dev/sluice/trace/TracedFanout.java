package dev.sluice.trace;

import dev.sluice.delivery.policy.Split;
import dev.sluice.event.Event;
import dev.sluice.fanout.FanoutListener;
import java.util.Map;

/** A listener to whose news a span is made for each event that is placed. Any thread. */
final class TracedFanout implements FanoutListener {
    private final FanoutListener listener;
    private final Sampler sampler;
    private final Moments moments;
    private final Spans spans;

    TracedFanout(FanoutListener listener, Sampler sampler, Moments moments, Spans spans) {
        this.listener = listener;
        this.sampler = sampler;
        this.moments = moments;
        this.spans = spans;
    }

    @Override
    public void placed(Event event, int deliveries, long readAt) {
        listener.placed(event, deliveries, readAt);
        Trace trace = sampler.of(event);
        if (trace != null) {
            long now = moments.now();
            Map<String, Object> said = Map.of(
                    Said.EVENT,
                    event.id().text(),
                    Said.TYPE,
                    event.type(),
                    Said.TENANT,
                    event.tenant(),
                    Said.WEBHOOKS,
                    (long) deliveries);
            Span.Place place = new Span.Place(trace, trace.fanout(), trace.ingest());
            spans.add(new Span(place, Span.Step.FANOUT, now - moments.ago(readAt), now, said, false, Split.UNKNOWN));
        }
    }

    @Override
    public void read(int events) {
        listener.read(events);
    }

    @Override
    public void unmatched() {
        listener.unmatched();
    }

    @Override
    public void matched(int deliveries) {
        listener.matched(deliveries);
    }

    @Override
    public void settled() {
        listener.settled();
    }

    @Override
    public void holding(int events) {
        listener.holding(events);
    }
}
