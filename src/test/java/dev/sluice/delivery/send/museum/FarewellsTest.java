package dev.sluice.delivery.send.museum;

import static dev.sluice.testing.Certificates.pem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.SentAgain;
import dev.sluice.delivery.send.SendingHarness;
import dev.sluice.delivery.send.Webhooks;
import dev.sluice.subscription.TlsProfile;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.Certificates;
import dev.sluice.testing.FrameServer;
import dev.sluice.testing.Reply;
import dev.sluice.testing.ScriptedEndpoint;
import dev.sluice.testing.TlsServer;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServerOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Servers that end a connection which they had kept. No attempt fails for that, of at least 200, or of as many as
 * {@code -Dsluice.farewells} says.
 */
class FarewellsTest {
    private static final int TRIES = Integer.getInteger("sluice.farewells", 210);
    private static final int PAUSES = 36;
    private static final int REFUSED_STREAM = 7;
    private static final int HTTP_1_1_REQUIRED = 13;
    private static final TlsProfile TRUSTING = new TlsProfile(null, null, pem("ca.pem"));
    private static final Map<String, List<InetAddress>> HOSTS =
            Map.of("hooks.example", List.of(SendingHarness.address("hooks.example", "127.0.0.1")));

    private final SendingHarness harness = new SendingHarness(SendingHarness.config(List.of("127.0.0.1")), HOSTS);

    @AfterEach
    void close() {
        harness.close();
    }

    /** As Hypercorn does. */
    @Test
    void closesTlsAndLeavesTcpAsItIs() {
        try (FrameServer server = new FrameServer((line, stream, number) -> {
            line.answer(stream, 200);
            line.closeTls();
        })) {
            assertThat(tries(at(server.port()), TRIES, 1)).noneMatch(Answer.Failure.class::isInstance);
        }
    }

    @Test
    void closesTlsOfHttp1AndLeavesTcpAsItIs() {
        NetServerOptions tls = new NetServerOptions().setSsl(true).setKeyCertOptions(Certificates.keyPair("server"));
        try (ScriptedEndpoint server = new ScriptedEndpoint(tls)) {
            server.answers((vertx, socket) -> socket.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
                    .onSuccess(answered -> closeTls((NetSocketInternal) socket)));
            assertThat(tries(at(server.port()), TRIES, 1)).noneMatch(Answer.Failure.class::isInstance);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the client tells
    private static void closeTls(NetSocketInternal socket) {
        socket.channelHandlerContext().pipeline().get(SslHandler.class).closeOutbound();
    }

    /** As nginx does with {@code keepalive_requests}. */
    @ParameterizedTest
    @ValueSource(ints = {10, 1000})
    void goesAwayAfterSoManyRequests(int most) {
        try (FrameServer server = goingAwayAfter(most)) {
            Webhook webhook = at(server.port());
            harness.answered(webhook);
            assertThat(tries(webhook, 4, 210)).noneMatch(Answer.Failure.class::isInstance);
        }
    }

    private static FrameServer goingAwayAfter(int most) {
        return new FrameServer((line, stream, number) -> {
            if (number <= most) {
                line.answer(stream, 200);
            }
            if (number == most) {
                line.goAway(stream);
            }
        });
    }

    @Test
    void howManyRequestsTheServerTakesIsLearned() {
        try (FrameServer server = goingAwayAfter(10)) {
            Webhook webhook = at(server.port());
            harness.answered(webhook);
            assertThat(tries(webhook, 1, 100))
                    .filteredOn(answer -> answer.sentAgain() == SentAgain.UNDONE)
                    .hasSizeGreaterThan(80);
            assertThat(tries(webhook, 2, 100)).allMatch(answer -> answer.sentAgain() == null);
        }
    }

    @Test
    void goesAwayAtAnyTime() {
        int[] all = {0};
        try (FrameServer server = new FrameServer((line, stream, number) -> {
            line.answer(stream, 200);
            if (++all[0] % 23 == 0) {
                line.goAway(stream);
                line.close();
            }
        })) {
            assertThat(tries(at(server.port()), TRIES, 1)).noneMatch(Answer.Failure.class::isInstance);
        }
    }

    @Test
    void refusesAStreamNowAndThen() {
        int[] all = {0};
        try (FrameServer server = new FrameServer((line, stream, number) -> {
            if (++all[0] % 7 == 0) {
                line.reset(stream, REFUSED_STREAM);
            } else {
                line.answer(stream, 200);
            }
        })) {
            Webhook webhook = at(server.port());
            harness.answered(webhook);
            assertThat(tries(webhook, TRIES / 10, 10)).noneMatch(Answer.Failure.class::isInstance);
        }
    }

    @Test
    void whatRefusesEveryStreamIsAskedFourTimes() {
        try (FrameServer server = new FrameServer((line, stream, number) -> line.reset(stream, REFUSED_STREAM))) {
            assertThat(harness.failed(at(server.port())).sentAgain()).isEqualTo(SentAgain.UNDONE);
            assertThat(server.requests()).isEqualTo(4);
        }
    }

    /** Those that waited for longer than their time are not under way for the connection. */
    @Test
    void takesOneStreamAtATime() {
        Http2Settings one = new Http2Settings().maxConcurrentStreams(1);
        try (FrameServer server = new FrameServer(one, (line, stream, number) -> line.answerAfter(100, stream))) {
            Webhook webhook = at(server.port());
            harness.answered(webhook);
            Webhook hasty = Webhooks.to("https://hooks.example:" + server.port())
                    .tls(TRUSTING)
                    .timeout(Duration.ofMillis(350))
                    .build();
            assertThat(tries(hasty, 1, 20)).anyMatch(Answer.Failure.class::isInstance);
            assertThat(tries(webhook, 2, 2)).noneMatch(Answer.Failure.class::isInstance);
        }
    }

    @Test
    void wantsHttp1() {
        try (TlsServer server = new TlsServer("server", true, ClientAuth.NONE)) {
            server.handles(request -> {
                if (request.version() == HttpVersion.HTTP_2) {
                    request.response().reset(HTTP_1_1_REQUIRED);
                } else {
                    request.response().end();
                }
            });
            Webhook webhook = at(server.port());
            assertThat(harness.answered(webhook).sentAgain()).isEqualTo(SentAgain.DOWNGRADED);
            assertThat(harness.answered(webhook).sentAgain()).as("it is known").isNull();
        }
    }

    /** An event comes shortly before, at, and after the moment at which the server closes. */
    @Test
    void closesWhatIsIdleAtTheMomentAtWhichAnEventComes() {
        int idle = 60;
        try (FrameServer server = new FrameServer((line, stream, number) -> {
            line.answer(stream, 200);
            line.closeAfter(idle);
        })) {
            Webhook webhook = at(server.port());
            harness.answered(webhook);
            assertThat(spaced(webhook, idle)).noneMatch(Answer.Failure.class::isInstance);
        }
    }

    @Test
    void closesWhatIsIdleOverHttp1AtTheMomentAtWhichAnEventComes() {
        int idle = 60;
        try (ScriptedEndpoint server = new ScriptedEndpoint()) {
            server.answers((vertx, socket) -> {
                socket.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
                vertx.setTimer(idle, over -> socket.close());
            });
            assertThat(spaced(Webhooks.at(server.url()), idle)).noneMatch(Answer.Failure.class::isInstance);
        }
    }

    /** Worker processes that are replaced end with what they had kept. */
    @Test
    void resetsAKeptConnectionWithTheRequest() {
        try (ScriptedEndpoint server = new ScriptedEndpoint()) {
            Webhook webhook = Webhooks.at(server.url());
            for (int i = 0; i < TRIES / 7; i++) {
                server.answers(Reply.status(200), Reply.status(200), Reply.reset(), Reply.status(200));
                assertThat(tries(webhook, 7, 1)).noneMatch(Answer.Failure.class::isInstance);
            }
        }
    }

    /** So many at once, again and again: so long after the last, and a little less or more. */
    private List<Answer> spaced(Webhook webhook, int millis) {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < PAUSES; i++) {
            answers.addAll(tries(webhook, 1, TRIES / PAUSES + 1));
            ScriptedEndpoint.await(harness.vertx().timer(millis - PAUSES / 2 + i, TimeUnit.MILLISECONDS));
        }
        return answers;
    }

    private List<Answer> tries(Webhook webhook, int rounds, int atOnce) {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            answers.addAll(harness.sendAtOnce(webhook, atOnce));
        }
        return answers;
    }

    private static Webhook at(int port) {
        return Webhooks.to("https://hooks.example:" + port).tls(TRUSTING).build();
    }
}
