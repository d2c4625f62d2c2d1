package dev.sluice.redis.line;

import dev.sluice.redis.trouble.RedisUnavailable;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;

/**
 * Gives an answer up that does not come in time, on the context of whoever asked. {@link Future#timeout} of a future without
 * a context would tell it on a thread of its own.
 */
public final class Deadline {
    private Deadline() {}

    public static <T> Future<T> within(Timers timers, Duration patience, Future<T> answer) {
        Promise<T> inTime = Promise.promise();
        Timers.Timer late =
                timers.after(patience, () -> inTime.tryFail(new RedisUnavailable("no answer for " + patience)));
        answer.onComplete(done -> {
            late.cancel();
            if (done.succeeded()) {
                inTime.tryComplete(done.result());
            } else {
                inTime.tryFail(done.cause());
            }
        });
        return inTime.future();
    }
}
