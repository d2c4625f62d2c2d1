package dev.sluice.delivery.send;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Answer.Kind;
import dev.sluice.delivery.send.http.Failures;
import dev.sluice.time.Ticker;
import io.vertx.core.Future;
import java.time.Duration;

/** Keeps the promise of {@link Sender}: what is thrown, and what fails, becomes an answer. */
final class SafeSender implements Sender {
    private final Sender next;
    private final Ticker ticker;

    SafeSender(Sender next, Ticker ticker) {
        this.next = next;
        this.ticker = ticker;
    }

    @Override
    public Future<Answer> send(Attempt attempt) {
        long startedAt = ticker.nanos();
        try {
            return next.send(attempt).otherwise(failure -> fault(failure, startedAt));
        } catch (RuntimeException failure) {
            return Future.succeededFuture(fault(failure, startedAt));
        }
    }

    private Answer fault(Throwable failure, long startedAt) {
        Duration took = Duration.ofNanos(ticker.nanos() - startedAt);
        return new Answer.Failure(Kind.INTERNAL, Failures.detail(failure), took);
    }
}
