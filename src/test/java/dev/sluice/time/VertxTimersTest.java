package dev.sluice.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.Loop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class VertxTimersTest {
    private static final Duration SOON = Duration.ofMillis(1);

    @RegisterExtension
    static final Loop LOOP = new Loop();

    @Test
    void fireOnTheContextThatMadeThemWhoeverSetsThem() {
        Timers timers = LOOP.get(() -> Future.succeededFuture(VertxTimers.here(LOOP.vertx())));
        Context home = LOOP.get(() -> Future.succeededFuture(context()));
        Promise<Context> once = Promise.promise();
        timers.after(SOON, () -> once.complete(context()));
        assertThat(LOOP.get(once::future)).isSameAs(home);
        Promise<Context> again = Promise.promise();
        Timers.Timer periodic = timers.every(SOON, () -> again.tryComplete(context()));
        assertThat(LOOP.get(again::future)).isSameAs(home);
        periodic.cancel();
    }

    private static Context context() {
        return ((ContextInternal) Objects.requireNonNull(Vertx.currentContext())).unwrap();
    }
}
