package dev.sluice.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.time.Ticker;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.transport.Transport;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoopWatchTest {
    private final Telemetry telemetry = new Telemetry(new Heartbeats(1, Ticker.SYSTEM), "1.2.3");
    private final Vertx vertx = telemetry.vertx(new VertxOptions().setEventLoopPoolSize(2), Transport.NIO);

    @AfterEach
    void close() {
        vertx.close().await();
        telemetry.close();
    }

    /** On a loop of its own. */
    private Context another() {
        return ((VertxInternal) vertx).createEventLoopContext();
    }

    private List<String> held() {
        return telemetry
                .scrape()
                .lines()
                .filter(line -> line.startsWith("sluice_event_loop_held_total"))
                .toList();
    }

    private void hold(Context loop) {
        int before = held().size();
        CountDownLatch letGo = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        loop.runOnContext(work -> {
            try {
                letGo.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        loop.runOnContext(next -> free.countDown());
        try {
            await().until(() -> held().size() > before);
        } finally {
            letGo.countDown();
        }
        await().until(() -> free.getCount() == 0);
    }

    @Test
    void namesALoopThatIsHeldOnceHoweverLongItIs() {
        hold(another());
        assertThat(held()).singleElement().asString().matches("sluice_event_loop_held_total\\{loop=\"\\d\"} 1\\.0");
    }

    @Test
    void tellsLoopsApart() {
        hold(another());
        hold(another());
        assertThat(held()).hasSize(2);
    }
}
