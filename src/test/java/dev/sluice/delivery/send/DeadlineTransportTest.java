package dev.sluice.delivery.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Answer.Kind;
import dev.sluice.delivery.send.http.Endpoint;
import dev.sluice.delivery.send.http.Request;
import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.ManualTimers;
import dev.sluice.time.Wheel;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTransportTest {
    private final ManualTicker ticker = new ManualTicker();
    private final ManualTimers timers = new ManualTimers(ticker);
    private final Wheel wheel = new Wheel(timers, ticker, Duration.ofMillis(20));
    private final Promise<Answer> pending = Promise.promise();
    private final Request request = new Request(
            new Endpoint(Webhooks.to("http://a.example/")
                    .timeout(Duration.ofSeconds(3))
                    .build()),
            MultiMap.caseInsensitiveMultiMap(),
            Buffer.buffer(),
            ticker,
            ticker.nanos());
    private final Future<Answer> answer = new DeadlineTransport(any -> pending.future(), wheel).carry(request);

    @Test
    void answersAtTheDeadlineAndCancels() {
        timers.advance(Duration.ofMillis(2999));
        assertThat(answer.isComplete()).isFalse();
        timers.advance(Duration.ofMillis(21));
        assertThat(answer.result())
                .isEqualTo(new Answer.Failure(Kind.TIMEOUT, "no connection within 3000 ms", Duration.ofSeconds(3)));
        assertThat(request.isCancelled()).isTrue();
    }

    @Test
    void staysWithItsAnswerWhateverComesLater() {
        timers.advance(Duration.ofSeconds(4));
        Answer late = request.status(200, null, null, "", false);
        pending.complete(late);
        assertThat(answer.result()).isNotSameAs(late);
    }

    @Test
    void leavesNoTimerBehindAnAnswerInTime() {
        Answer inTime = request.status(200, null, null, "", false);
        pending.complete(inTime);
        assertThat(answer.result()).isSameAs(inTime);
        assertThat(wheel.size()).isZero();
        timers.advance(Duration.ofMinutes(1));
        assertThat(request.isCancelled()).isFalse();
    }

    @Test
    void passesOnAFault() {
        IllegalStateException fault = new IllegalStateException("a bug");
        pending.fail(fault);
        assertThat(answer.cause()).isSameAs(fault);
        assertThat(wheel.size()).isZero();
    }
}
