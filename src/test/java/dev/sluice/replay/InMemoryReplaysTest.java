package dev.sluice.replay;

import dev.sluice.testing.InMemoryReplays;
import dev.sluice.testing.ManualTicker;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.function.Supplier;

class InMemoryReplaysTest extends ReplaysContract {
    private final ManualTicker clock = new ManualTicker();
    private final Replays replays = new InMemoryReplays(clock, Instant.parse("2026-11-21T10:00:00Z"));

    @Override
    protected Replays replays() {
        return replays;
    }

    @Override
    protected <T> T get(Supplier<Future<T>> call) {
        return call.get().result();
    }

    @Override
    protected <T> T until(Supplier<Future<T>> call, Predicate<T> wanted) {
        while (true) {
            clock.advance(Duration.ofMillis(10));
            T outcome = get(call);
            if (wanted.test(outcome)) {
                return outcome;
            }
        }
    }
}
