package dev.sluice.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spans that wait to be exported. What finds no room is dropped and counted, with a line in the log when that begins, and one
 * when half of the room is free again. Any thread.
 */
final class SpanQueue implements Spans {
    private static final Logger LOG = LoggerFactory.getLogger(SpanQueue.class);

    private final int most;
    private final TraceListener listener;
    private final ArrayBlockingQueue<Span> waiting;
    private final AtomicBoolean dropping = new AtomicBoolean();

    SpanQueue(int most, TraceListener listener) {
        this.most = most;
        this.listener = listener;
        this.waiting = new ArrayBlockingQueue<>(most);
    }

    @Override
    public void add(Span span) {
        if (waiting.offer(span)) {
            return;
        }
        listener.dropped(1);
        if (dropping.compareAndSet(false, true)) {
            LOG.atWarn().addKeyValue("waiting", most).log("spans are dropped, as more are made than are exported");
        }
    }

    List<Span> take(int atMost) {
        List<Span> taken = new ArrayList<>(Math.min(atMost, waiting.size()));
        waiting.drainTo(taken, atMost);
        if (waiting.size() <= most / 2 && dropping.compareAndSet(true, false)) {
            LOG.info("spans are no longer dropped");
        }
        return taken;
    }

    int size() {
        return waiting.size();
    }
}
