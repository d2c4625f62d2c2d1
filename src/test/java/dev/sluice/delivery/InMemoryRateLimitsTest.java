package dev.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.InMemoryRateLimits;
import dev.sluice.testing.ManualTicker;
import io.vertx.core.Future;
import java.util.function.Supplier;

class InMemoryRateLimitsTest extends RateLimitsContract {
    private final InMemoryRateLimits limits = new InMemoryRateLimits(new ManualTicker(), HORIZON);

    @Override
    protected RateLimits limits() {
        return limits;
    }

    @Override
    protected <T> T get(Supplier<Future<T>> call) {
        Future<T> done = call.get();
        assertThat(done.succeeded()).isTrue();
        return done.result();
    }
}
