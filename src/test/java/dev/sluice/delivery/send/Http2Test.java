package dev.sluice.delivery.send;

import static dev.sluice.delivery.send.SendingHarness.address;
import static dev.sluice.testing.Certificates.pem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Answer.Kind;
import dev.sluice.subscription.TlsProfile;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.ScriptedEndpoint;
import dev.sluice.testing.TlsServer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** HTTP/2 where ALPN offers it, against real servers with it and without. */
class Http2Test {
    private final TlsServer server = new TlsServer("server", true, ClientAuth.NONE);
    private final Map<String, List<InetAddress>> hosts =
            Map.of("hooks.example", List.of(address("hooks.example", "127.0.0.1")));
    private final SendingHarness harness = new SendingHarness(SendingHarness.config(List.of("127.0.0.1")), hosts);

    @AfterEach
    void close() {
        harness.close();
        server.close();
    }

    @Test
    void sharesOneConnectionWhereTheEndpointSpeaksIt() {
        harness.answered(webhook(server));
        List<Answer> answers = harness.sendAtOnce(webhook(server), 20);

        assertThat(answers).allMatch(Answer.Status.class::isInstance);
        assertThat(server.versions()).hasSize(21).containsOnly(HttpVersion.HTTP_2);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void sendsTheSameHeadersAndBody() {
        Promise<List<String>> seen = Promise.promise();
        server.handles(request -> request.body().onSuccess(body -> {
            seen.complete(List.of(
                    request.authority().toString(),
                    request.uri(),
                    request.getHeader("content-type"),
                    request.getHeader("content-length"),
                    request.getHeader("webhook-id"),
                    body.toString()));
            request.response().setStatusCode(202).end();
        }));

        assertThat(harness.answered(webhook(server)).code()).isEqualTo(202);
        assertThat(ScriptedEndpoint.await(seen.future()))
                .contains(
                        "hooks.example:" + server.port(), "/a?b=c", "application/json", "evt_p5jXN8AQM9LWM0D4loKWxJek");
    }

    @Test
    void takesHttp1OnAsManyConnectionsAsItNeedsWhereTheEndpointDoesNot() {
        try (TlsServer old = new TlsServer("server", false, ClientAuth.NONE)) {
            Gate gate = new Gate(10);
            old.handles(gate::arrive);

            // Would one wait for the other, none would ever be answered.
            assertThat(harness.sendAtOnce(webhook(old), 10)).allMatch(Answer.Status.class::isInstance);
            assertThat(harness.sendAtOnce(webhook(old), 1)).allMatch(Answer.Status.class::isInstance);
            assertThat(old.versions()).containsOnly(HttpVersion.HTTP_1_1);
        }
    }

    @Test
    void makesNobodyWaitForTheAttemptThatFindsOut() {
        Gate gate = new Gate(10);
        server.handles(gate::arrive);

        assertThat(harness.sendAtOnce(webhook(server), 10)).allMatch(Answer.Status.class::isInstance);
    }

    @Test
    void staysWithHttp1WherePlain() {
        try (ScriptedEndpoint plain = new ScriptedEndpoint()) {
            harness.answered(Webhooks.at(plain.url()));
            assertThat(plain.request().line()).endsWith("HTTP/1.1");
            assertThat(plain.request().headers("upgrade")).isEmpty();
        }
    }

    @Test
    void staysWithHttp1WhereToldTo() {
        try (SendingHarness told = new SendingHarness(SendingHarness.http1(List.of("127.0.0.1")), hosts)) {
            server.handles(request -> request.response().end(request.version().toString()));
            assertThat(told.answered(webhook(server)).excerpt()).isEqualTo("HTTP_1_1");
        }
    }

    @Test
    void endsALateExchangeAloneAndKeepsTheConnection() {
        Promise<Void> reset = Promise.promise();
        server.handles(request -> {
            if ("2".equals(request.getHeader("sluice-attempt"))) {
                request.response().exceptionHandler(failure -> reset.tryComplete());
            } else {
                request.response().end("ok");
            }
        });
        harness.answered(webhook(server));
        Webhook hasty = Webhooks.to(url(server))
                .tls(TRUSTING)
                .timeout(Duration.ofMillis(200))
                .build();
        harness.send(SendingHarness.event(), hasty, 1);
        Answer late = harness.send(SendingHarness.event(), hasty, 2);

        assertThat(((Answer.Failure) late).kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(((Answer.Failure) late).detail()).isEqualTo("no whole answer within 200 ms");
        ScriptedEndpoint.await(reset.future());
        assertThat(harness.answered(webhook(server)).excerpt()).isEqualTo("ok");
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void cutsAnAnswerThatIsTooLongAndKeepsTheConnection() {
        server.handles(request -> request.response().end(Buffer.buffer(new byte[(1 << 20) + 1])));
        harness.answered(webhook(server));
        Answer.Status answer = harness.answered(webhook(server));

        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.bodyCut()).isTrue();
        server.handles(request -> request.response().end("ok"));
        assertThat(harness.answered(webhook(server)).excerpt()).isEqualTo("ok");
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void theStatusDecidesThoughTheBodyTakesItsTimeOrIsReset() {
        AtomicInteger count = new AtomicInteger();
        server.handles(request -> {
            request.response().setChunked(true).setStatusCode(202).write("begun");
            if (count.incrementAndGet() == 2) {
                request.response().reset(2);
            }
        });
        for (int i = 0; i < 2; i++) {
            Answer.Status answer = harness.answered(Webhooks.to(url(server))
                    .tls(TRUSTING)
                    .timeout(Duration.ofMinutes(1))
                    .build());
            assertThat(answer.code()).isEqualTo(202);
            assertThat(answer.bodyCut()).isTrue();
        }
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void takesAHeadOf60KiB() {
        server.handles(request -> request.response()
                .putHeader("x-large", "x".repeat(60 * 1024))
                .end(request.version().toString()));
        assertThat(harness.answered(webhook(server)).excerpt()).isEqualTo("HTTP_2");
    }

    @Test
    void namesAStreamThatIsReset() {
        server.handles(request -> request.response().reset(2));

        assertThat(harness.failed(webhook(server)).kind()).isEqualTo(Kind.BROKEN);
        server.handles(request -> request.response().end("ok"));
        assertThat(harness.answered(webhook(server)).excerpt()).isEqualTo("ok");
    }

    @Test
    void aStreamThatIsResetOnAConnectionThatIsWellIsNotSentAgain() {
        harness.answered(webhook(server));
        AtomicInteger asked = new AtomicInteger();
        server.handles(request -> {
            asked.incrementAndGet();
            request.response().reset(2);
        });
        Answer.Failure failure = harness.failed(webhook(server));
        assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
        assertThat(failure.sentAgain()).isNull();
        assertThat(asked).hasValue(1);
    }

    @Test
    void connectsAgainWhenTheEndpointGoesAway() {
        harness.answered(webhook(server));
        server.handles(request -> {
            request.response().end("ok");
            request.connection().shutdown();
        });
        harness.answered(webhook(server));
        for (int i = 0; i < 5; i++) {
            assertThat(harness.answered(webhook(server)).excerpt()).isEqualTo("ok");
        }
    }

    private static final TlsProfile TRUSTING = new TlsProfile(null, null, pem("ca.pem"));

    private static Webhook webhook(TlsServer server) {
        return Webhooks.to(url(server)).tls(TRUSTING).build();
    }

    private static String url(TlsServer server) {
        return "https://hooks.example:%d/a?b=c".formatted(server.port());
    }

    /** Answers when enough requests are there at once. */
    private static final class Gate {
        private final int enough;
        private final List<Promise<Void>> waiting = new ArrayList<>();
        private boolean open;

        Gate(int enough) {
            this.enough = enough;
        }

        synchronized void arrive(HttpServerRequest request) {
            Promise<Void> turn = Promise.promise();
            Future<Void> opened = turn.future();
            opened.onSuccess(go -> request.response().end("ok"));
            waiting.add(turn);
            if (waiting.size() >= enough || open) {
                open = true;
                waiting.forEach(Promise::tryComplete);
            }
        }
    }
}
