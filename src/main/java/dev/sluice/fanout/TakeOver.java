package dev.sluice.fanout;

import dev.sluice.fault.Again;
import dev.sluice.journal.Entry;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Claims what other readers left, some at a time, as long as there is some and room for it. Confined to one event loop. */
final class TakeOver {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final UnderWay underWay;
    private final int batch;
    private final Again claims;
    private final Timers timers;
    private final Consumer<List<Entry>> receiver;

    // confined state
    private boolean claiming;
    private boolean stopped;
    /** How often something was set aside. */
    private long asides;

    private Future<?> last = Future.succeededFuture();

    /**
     * @param batch    entries that are claimed at once, at most
     * @param receiver of what was claimed, and of what was still out when this was stopped
     */
    TakeOver(UnderWay underWay, int batch, Again claims, Timers timers, Consumer<List<Entry>> receiver) {
        this.underWay = underWay;
        this.batch = batch;
        this.claims = claims;
        this.timers = timers;
        this.receiver = receiver;
    }

    void stop() {
        stopped = true;
    }

    /** Completes when no claim is out. */
    Future<?> last() {
        return last;
    }

    void setAside() {
        asides++;
    }

    /** @param some that others left, at most so many and so many bytes */
    void claim(BiFunction<Integer, Long, Future<List<Entry>>> some) {
        int free = underWay.free();
        if (stopped || claiming || free == 0) {
            return;
        }
        claiming = true;
        Future<List<Entry>> claim = some.apply(Math.min(free, batch), underWay.freeBytes());
        last = claim;
        claims.watch(claim).onSuccess(entries -> claimed(entries, some)).onFailure(cause -> claiming = false);
    }

    private void claimed(List<Entry> entries, BiFunction<Integer, Long, Future<List<Entry>>> some) {
        claiming = false;
        long before = asides;
        receiver.accept(entries);
        if (asides - before == entries.size() && !entries.isEmpty()) {
            timers.after(PAUSE, () -> claim(some)); // what is set aside again must not keep the loop busy
        } else if (!entries.isEmpty()) {
            claim(some);
        }
    }
}
