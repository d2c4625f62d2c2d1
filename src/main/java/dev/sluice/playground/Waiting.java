package dev.sluice.playground;

import dev.sluice.admin.web.Reply;
import dev.sluice.http.ClientGone;
import dev.sluice.http.Problem;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests that are kept waiting for their answer, on one event loop, until the pod ends. Confined to that loop, but {@link
 * #end}, which any thread may call.
 */
final class Waiting {
    static final int MOST = 1000;
    static final Duration LOOK = Duration.ofMillis(100);

    private final Timers timers;

    // confined state
    private final Set<Promise<Reply>> held = new LinkedHashSet<>();
    private Timers.@Nullable Timer looking;

    // written by the thread that ends the pod
    private volatile boolean ending;

    Waiting(Timers timers) {
        this.timers = timers;
    }

    /** The answer after the delay; fails at once where too many wait, and sooner where the pod ends. */
    Future<Reply> hold(HttpServerResponse whose, Duration delay, Supplier<Reply> answer) {
        if (ending || held.size() >= MOST) {
            return Future.failedFuture(refusal());
        }
        Promise<Reply> promise = Promise.promise();
        held.add(promise);
        whose.closeHandler(gone -> promise.tryFail(new ClientGone()));
        Timers.Timer due = timers.after(delay, () -> promise.tryComplete(answer.get()));
        if (looking == null) {
            looking = timers.every(LOOK, this::look);
        }
        return promise.future().onComplete(answered -> {
            due.cancel();
            held.remove(promise);
            rest();
        });
    }

    void end() {
        ending = true;
    }

    private void look() {
        if (ending) {
            List.copyOf(held).forEach(promise -> promise.tryFail(refusal()));
        }
    }

    private void rest() {
        if (held.isEmpty() && looking != null) {
            looking.cancel();
            looking = null;
        }
    }

    private static RuntimeException refusal() {
        return Problem.of(
                        503,
                        "overloaded",
                        "Too much at once",
                        "Too many wait for a receiver of the playground, or this pod is about to end.")
                .withRetryAfter(2)
                .asException();
    }
}
