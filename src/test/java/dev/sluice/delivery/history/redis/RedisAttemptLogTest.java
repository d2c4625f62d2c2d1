package dev.sluice.delivery.history.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.history.AttemptLog;
import dev.sluice.delivery.history.AttemptLogContract;
import dev.sluice.delivery.history.Report;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.subscription.Homes;
import dev.sluice.testing.Attempts;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisAttemptLogTest extends AttemptLogContract {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private RedisLink link;
    private AttemptLog log;
    private AttemptLog hasty;

    @BeforeEach
    void open() {
        link = LOOP.get(
                () -> Future.succeededFuture(RedisLink.open(LOOP.vertx(), Loop.target(REDIS.uri()), "history")));
        LOOP.get(link::up);
        LOOP.run(() -> log = new RedisAttemptLog(link, new Homes(1, 1), PATIENT));
        LOOP.run(() -> hasty = new RedisAttemptLog(link, new Homes(1, 1), HASTY));
    }

    @AfterEach
    void close() {
        LOOP.get(() -> link.close());
    }

    @Override
    protected AttemptLog log() {
        return log;
    }

    @Override
    protected AttemptLog ofHastyPod() {
        return hasty;
    }

    @Override
    protected <T> T get(Supplier<Future<T>> call) {
        return LOOP.get(call);
    }

    @Override
    protected <T> T until(Supplier<Future<T>> call, Predicate<T> wanted) {
        return LOOP.until(call, wanted);
    }

    private void append() {
        Report report = new Report(
                new LaneKey(WEBHOOK, "default"),
                List.of(Attempts.failed(WEBHOOK, 1, 500)),
                false,
                true,
                Attempts.failed(WEBHOOK, 1, 500),
                null);
        LOOP.get(() -> log.append(List.of(report)).get(0));
    }

    @Test
    void goesWithItsWebhookInTheEnd() {
        append();
        for (String key : List.of(Keys.attempts("q0", "wh_1"), Keys.state("q0", "wh_1"))) {
            assertThat(Long.parseLong(REDIS.command("PTTL", key).substring(1)))
                    .isGreaterThan(PATIENT.deadLetterRetention().toMillis() - 60_000);
        }
    }

    @Test
    void writesEachLineOnceThoughRedisForgotTheScript() {
        REDIS.command("SCRIPT", "FLUSH");
        append();
        REDIS.command("SCRIPT", "FLUSH");
        assertThat(LOOP.get(() -> log.of(List.of(Attempts.delivery(WEBHOOK, 1))))
                        .get(0))
                .hasSize(1);
    }
}
