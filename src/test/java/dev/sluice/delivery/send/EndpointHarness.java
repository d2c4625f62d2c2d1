package dev.sluice.delivery.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.Reply;
import dev.sluice.testing.ScriptedEndpoint;
import io.vertx.core.Future;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

/** An endpoint that answers as the test says, and a sender. */
abstract class EndpointHarness {
    static final String CHUNKED = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    static final Duration SHORT = Duration.ofMillis(200);

    final ScriptedEndpoint endpoint = new ScriptedEndpoint();
    final SendingHarness harness = new SendingHarness();

    @AfterEach
    void close() {
        harness.close();
        endpoint.close();
    }

    /** Whatever the endpoint did, the next attempt is as good as any. */
    void deliversToItAgain() {
        letThePoolKnow();
        endpoint.answers(Reply.status(200));
        assertThat(harness.answered(Webhooks.at(endpoint.url())).code()).isEqualTo(200);
    }

    /** The other side may see the end before the pool does: one turn to finish closing, one to tell the pool. */
    void letThePoolKnow() {
        harness.on(Future::succeededFuture);
        harness.on(Future::succeededFuture);
    }

    static Reply head(int bytes) {
        return Reply.raw("HTTP/1.1 200 OK\r\nx-large: " + "x".repeat(bytes) + "\r\ncontent-length: 0\r\n\r\n");
    }

    static Reply chunked(String chunk) {
        return Reply.raw(CHUNKED + chunk);
    }
}
