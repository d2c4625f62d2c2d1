package dev.sluice.delivery.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Answer.Kind;
import dev.sluice.testing.ManualTicker;
import io.vertx.core.Future;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SafeSenderTest {
    private final ManualTicker ticker = new ManualTicker();
    private final Attempt attempt = new Attempt(SendingHarness.event(), Webhooks.at("http://a.example/"), 1);

    @Test
    void turnsAThrowIntoAnAnswer() {
        assertThat(send(any -> {
                    ticker.advance(Duration.ofMillis(5));
                    throw new IllegalStateException("two\nlines");
                }))
                .isEqualTo(new Answer.Failure(Kind.INTERNAL, "two lines", Duration.ofMillis(5)));
    }

    @Test
    void turnsAFailedFutureIntoAnAnswer() {
        assertThat(send(any -> Future.failedFuture(new IllegalStateException())))
                .isEqualTo(new Answer.Failure(Kind.INTERNAL, "IllegalStateException", Duration.ZERO));
    }

    @Test
    void leavesAnAnswerAsItIs() {
        Answer answer = new Answer.Failure(Kind.TLS, "x", Duration.ZERO);
        assertThat(send(any -> Future.succeededFuture(answer))).isSameAs(answer);
    }

    private Answer send(Sender sender) {
        return new SafeSender(sender, ticker).send(attempt).result();
    }
}
