package dev.sluice.trace;

import dev.sluice.fault.Again;
import dev.sluice.fault.Retries;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends what waits in the queue, every second or as soon as a batch is full, one batch at a time. A batch that fails is sent
 * again, ever more rarely, and what comes meanwhile waits in the queue or is dropped there; one that the receiver will not have
 * is dropped. A batch is written down on a worker thread, away from the event loops. Confined to one context.
 */
final class Exporter {
    private static final Duration EVERY = Duration.ofSeconds(1);
    /** A drain has more to do than to wait for a receiver that hangs. */
    private static final Duration LONGEST_END = Duration.ofSeconds(3);

    private static final int BATCH = 512;

    private final Vertx vertx;
    private final SpanQueue queue;
    private final Otlp otlp;
    private final Collector collector;
    private final Timers timers;
    private final TraceListener listener;
    private final Again again;

    // confined state
    private List<Span> batch = List.of();
    /** A batch is on its way, or waits to be sent again. */
    private boolean busy;

    private boolean resting;
    private boolean lastTry;
    private @Nullable Promise<Void> ending;

    Exporter(Vertx vertx, SpanQueue queue, Otlp otlp, Collector collector, Retries retries, TraceListener listener) {
        this.vertx = vertx;
        this.queue = queue;
        this.otlp = otlp;
        this.collector = collector;
        this.timers = retries.timers();
        this.listener = listener;
        this.again = retries.again("export traces");
    }

    void start() {
        timers.every(EVERY, this::send);
    }

    private void send() {
        if (busy) {
            return;
        }
        if (batch.isEmpty()) {
            batch = queue.take(BATCH);
        }
        if (batch.isEmpty()) {
            end();
            return;
        }
        busy = true;
        List<Span> sent = batch;
        vertx.executeBlocking(() -> otlp.encode(sent))
                .compose(collector::take)
                .onSuccess(taken -> taken())
                .onFailure(this::failed);
    }

    private void taken() {
        busy = false;
        again.worked();
        listener.exported(batch.size());
        batch = List.of();
        if (ending != null || queue.size() >= BATCH) {
            send();
        }
    }

    private void failed(Throwable cause) {
        if (cause instanceof Refused refused && !refused.isForNow()) {
            dropBatch();
        }
        if (ending == null) {
            resting = true;
            again.later(cause, this::goOn);
            return;
        }
        again.failed(cause);
        if (lastTry) {
            end();
        } else {
            sendLast();
        }
    }

    /** What failed before the end began is worth one more try. */
    private void sendLast() {
        lastTry = true;
        busy = false;
        send();
    }

    private void goOn() {
        if (resting) {
            resting = false;
            busy = false;
            send();
        }
    }

    private void dropBatch() {
        listener.dropped(batch.size());
        batch = List.of();
    }

    /** Sends what is there, as long as that works and there is time; the rest is dropped. */
    Future<Void> end(Duration patience) {
        Promise<Void> ended = Promise.promise();
        ending = ended;
        timers.after(patience.compareTo(LONGEST_END) < 0 ? patience : LONGEST_END, this::end);
        if (resting || !busy) {
            resting = false;
            sendLast();
        }
        return ended.future().eventually(collector::close);
    }

    private void end() {
        if (ending != null && ending.tryComplete()) {
            busy = true; // nothing more is sent
            dropBatch();
            listener.dropped(queue.take(Integer.MAX_VALUE).size());
        }
    }
}
