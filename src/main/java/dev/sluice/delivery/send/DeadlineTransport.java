package dev.sluice.delivery.send;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Answer.Kind;
import dev.sluice.delivery.send.http.Pulse;
import dev.sluice.delivery.send.http.Request;
import dev.sluice.delivery.send.http.Transport;
import dev.sluice.time.Timers;
import dev.sluice.time.Wheel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpConnection;

/** Ends an exchange that takes longer than the webhook's timeout, and answers for it unless the endpoint did. */
final class DeadlineTransport implements Transport {
    private final Transport next;
    private final Wheel wheel;
    private final Pulse pulse;

    DeadlineTransport(Transport next, Wheel wheel) {
        this.next = next;
        this.wheel = wheel;
        this.pulse = new Pulse(wheel);
    }

    @Override
    public Future<Answer> carry(Request request) {
        Promise<Answer> promise = Promise.promise();
        Timers.Timer deadline = wheel.after(request.leftNanos(), () -> {
            Answer late = late(request);
            HttpConnection shared = request.sharedConnection();
            // The answer first: what the cancelling sets off must find it given.
            if (promise.tryComplete(late)) {
                request.cancel();
                if (shared != null) {
                    pulse.check(shared);
                }
            }
        });
        next.carry(request).onComplete((answer, failure) -> {
            deadline.cancel();
            if (failure == null) {
                promise.tryComplete(answer);
            } else {
                promise.tryFail(failure);
            }
        });
        return promise.future();
    }

    private static Answer late(Request request) {
        Answer soFar = request.answerSoFar();
        if (soFar != null) {
            return soFar;
        }
        String where = request.isSent() ? "no whole answer" : "no " + request.awaited();
        long millis = request.endpoint().timeoutNanos() / 1_000_000;
        return request.failure(Kind.TIMEOUT, "%s within %d ms".formatted(where, millis));
    }
}
