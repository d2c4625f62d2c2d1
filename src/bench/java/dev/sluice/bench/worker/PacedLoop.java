package dev.sluice.bench.worker;

import dev.sluice.time.Ticker;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Begins an operation whenever its pace says so, and ends when the pace is over and all are done. Confined to one event loop. */
final class PacedLoop {
    private final ContextInternal home;
    private final Ticker ticker;
    private final Pace pace;
    private final Supplier<Future<Integer>> operation;
    private final Promise<Long> end = Promise.promise();
    private long begun;
    private long underWay;
    private long events;

    PacedLoop(ContextInternal home, Ticker ticker, Pace pace, Supplier<Future<Integer>> operation) {
        this.home = home;
        this.ticker = ticker;
        this.pace = pace;
        this.operation = operation;
    }

    /** The number of events done; fails with the first operation that does. */
    Future<Long> run() {
        goOn();
        return end.future();
    }

    private void goOn() {
        while (!end.future().isComplete()) {
            long now = ticker.nanos();
            if (pace.over(begun, now)) {
                finishIfDone();
                return;
            }
            long wait = pace.due(begun, now) - now;
            if (wait > 0) {
                var unused =
                        home.nettyEventLoop().schedule(() -> home.dispatch(this::goOn), wait, TimeUnit.NANOSECONDS);
                return;
            }
            begin();
        }
    }

    private void begin() {
        begun++;
        underWay++;
        operation.get().onFailure(end::tryFail).onSuccess(done -> {
            underWay--;
            events += done;
            if (pace.over(begun, ticker.nanos())) {
                finishIfDone();
            }
        });
    }

    private void finishIfDone() {
        if (underWay == 0) {
            end.tryComplete(events);
        }
    }
}
