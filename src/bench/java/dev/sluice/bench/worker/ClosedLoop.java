package dev.sluice.bench.worker;

import dev.sluice.time.Ticker;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Repeats an operation, a fixed number of them at once, until the time is over. Confined to one event loop.
 *
 * <p>An operation answers how many events it was for, and completes later, never within the call.
 */
final class ClosedLoop {
    private final Ticker ticker;
    private final long deadline;
    private final Supplier<Future<Integer>> operation;
    private long events;

    ClosedLoop(Ticker ticker, Duration time, Supplier<Future<Integer>> operation) {
        this.ticker = ticker;
        this.deadline = ticker.nanos() + time.toNanos();
        this.operation = operation;
    }

    /** The number of events done; fails with the first operation that does. */
    Future<Long> run(int width) {
        return Future.all(Stream.generate(this::lane).limit(width).toList()).map(done -> events);
    }

    private Future<Void> lane() {
        // Not compose(this::lane): that would chain every repetition to the first.
        Promise<Void> end = Promise.promise();
        repeat(end);
        return end.future();
    }

    private void repeat(Promise<Void> end) {
        if (ticker.nanos() - deadline >= 0) {
            end.complete();
            return;
        }
        operation
                .get()
                .onSuccess(done -> {
                    events += done;
                    repeat(end);
                })
                .onFailure(end::fail);
    }
}
