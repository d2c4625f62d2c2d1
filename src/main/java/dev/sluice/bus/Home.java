package dev.sluice.bus;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The context that state is confined to: work runs there, and its answer comes back to who asked. Any thread. */
public final class Home {
    /** Not a duplicate of it, as a consumer, a request and a response have. */
    private final ContextInternal context;

    public Home(Context context) {
        this.context = ((ContextInternal) context).unwrap();
    }

    /** The context that calls now. */
    public static Home here(Vertx vertx) {
        return new Home(vertx.getOrCreateContext());
    }

    /** In a turn of its own, also for a caller that is there. */
    public void run(Runnable action) {
        context.runOnContext(turn -> action.run());
    }

    /**
     * At once for a caller that is there. The answer comes on the context of the caller; on this one to a caller that has
     * none. What the work throws fails the future.
     */
    public <T> Future<T> ask(Callable<Future<T>> work) {
        Context caller = Vertx.currentContext();
        if (isHere(caller)) {
            return safely(work);
        }
        Promise<T> answer = Promise.promise();
        context.runOnContext(turn -> safely(work).onComplete(result -> tell(caller, answer, result)));
        return answer.future();
    }

    /** What blocks a thread of its own has the context of who began it, and is elsewhere. */
    private boolean isHere(@Nullable Context caller) {
        return caller instanceof ContextInternal known && known.unwrap() == context && context.inThread();
    }

    private static <T> void tell(@Nullable Context caller, Promise<T> answer, AsyncResult<T> result) {
        if (caller == null) {
            answer.handle(result);
        } else {
            caller.runOnContext(turn -> answer.handle(result));
        }
    }

    private static <T> Future<T> safely(Callable<Future<T>> work) {
        try {
            return work.call();
        } catch (Exception thrown) {
            return Future.failedFuture(thrown);
        }
    }
}
