package dev.sluice.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LoopGuardTest {
    private static final String NAME = "a-loop-that-is-held";

    @Test
    void findsALoopThatIsHeldWithoutAnEnd() {
        LoopGuard guard = new LoopGuard(NAME);
        AtomicBoolean ended = new AtomicBoolean();
        Vertx vertx = Vertx.vertx();
        try {
            vertx.runOnContext(held -> {
                Thread.currentThread().setName(NAME); // that of the other tests must not see it
                while (!ended.get()) {
                    Thread.onSpinWait();
                }
            });
            await().atMost(Duration.ofMinutes(1)).until(guard::hasFound);
            assertThatThrownBy(guard::require).hasMessageContaining("LoopGuardTest");
        } finally {
            ended.set(true);
            vertx.close().await();
        }
    }
}
