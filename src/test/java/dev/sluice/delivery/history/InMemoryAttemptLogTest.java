package dev.sluice.delivery.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.InMemoryAttemptLog;
import dev.sluice.testing.ManualTicker;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

class InMemoryAttemptLogTest extends AttemptLogContract {
    private final ManualTicker clock = new ManualTicker();
    private final InMemoryAttemptLog log = new InMemoryAttemptLog(clock, PATIENT);

    @Override
    protected AttemptLog log() {
        return log;
    }

    @Override
    protected AttemptLog ofHastyPod() {
        return log.with(HASTY);
    }

    @Override
    protected <T> T get(Supplier<Future<T>> call) {
        Future<T> done = call.get();
        if (done.cause() instanceof RuntimeException failed) {
            throw failed;
        }
        return done.result();
    }

    @Override
    protected <T> T until(Supplier<Future<T>> call, Predicate<T> wanted) {
        T outcome = get(call);
        for (int tries = 0; !wanted.test(outcome) && tries < 1000; tries++) {
            clock.advance(Duration.ofMillis(5));
            outcome = get(call);
        }
        assertThat(outcome).matches(wanted);
        return outcome;
    }
}
