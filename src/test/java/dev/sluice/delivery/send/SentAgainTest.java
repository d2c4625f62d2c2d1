package dev.sluice.delivery.send;

import static dev.sluice.delivery.send.SendingHarness.address;
import static dev.sluice.testing.Certificates.pem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Answer.Kind;
import dev.sluice.delivery.policy.SentAgain;
import dev.sluice.subscription.TlsProfile;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.Reply;
import dev.sluice.testing.ScriptedEndpoint;
import dev.sluice.testing.TlsServer;
import io.vertx.core.http.ClientAuth;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a broken exchange means, over real sockets. */
class SentAgainTest {
    private final ScriptedEndpoint endpoint = new ScriptedEndpoint();
    private final SendingHarness harness = new SendingHarness();
    private final Webhook webhook = Webhooks.at(endpoint.url());

    @AfterEach
    void close() {
        harness.close();
        endpoint.close();
    }

    static Stream<Arguments> ends() {
        return Stream.of(Arguments.of("closes", Reply.close()), Arguments.of("resets", Reply.reset()));
    }

    @Test
    void whatMayNotGoOutAnyMoreWhenItHasAConnectionDoesNot() {
        endpoint.answers(Reply.status(200));
        Answer.Failure answer = (Answer.Failure) harness.send(webhook, () -> false);
        assertThat(answer.kind()).isEqualTo(Kind.INTERNAL);
        assertThat(answer.detail()).startsWith("not sent");
        assertThat(endpoint.requests()).isEmpty();
    }

    @Test
    void whatWentOutOnAConnectionThatBrokeDoesNotGoOutAgainWhenOthersMayHaveIt() {
        endpoint.answers(Reply.status(200), Reply.close(), Reply.status(202));
        harness.answered(webhook);
        AtomicInteger asked = new AtomicInteger();
        Answer.Failure answer = (Answer.Failure) harness.send(webhook, () -> asked.getAndIncrement() == 0);
        assertThat(answer.kind()).isEqualTo(Kind.INTERNAL);
        assertThat(endpoint.requests()).hasSize(2);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    void aRequestOnAKeptConnectionThatBreaksGoesOutOnceMoreOnANewOne(String name, Reply end) {
        endpoint.answers(Reply.status(200), end, Reply.status(202));
        assertThat(harness.answered(webhook).sentAgain()).isNull();
        Answer.Status second = harness.answered(webhook);
        assertThat(second.code()).isEqualTo(202);
        assertThat(second.sentAgain()).isEqualTo(SentAgain.STALE);
        assertThat(endpoint.connections()).isEqualTo(2);
        List<RecordedRequest> requests = endpoint.requests();
        assertThat(requests.get(2).headers("webhook-id"))
                .isEqualTo(requests.get(1).headers("webhook-id"))
                .hasSize(1);
        assertThat(requests.get(2).headers("sluice-attempt")).containsExactly("1");
        assertThat(requests.get(2).headers("webhook-signature"))
                .isEqualTo(requests.get(1).headers("webhook-signature"));
        assertThat(requests.get(2).body()).isEqualTo(requests.get(1).body());
    }

    @Test
    void theConnectionIsNewThoughOthersAreKept() {
        harness.sendAtOnce(webhook, 5);
        int kept = endpoint.connections();
        endpoint.answers(Reply.close(), Reply.status(202));
        assertThat(harness.answered(webhook).code()).isEqualTo(202);
        assertThat(endpoint.connections()).isEqualTo(kept + 1);
    }

    @Test
    void aSecondBreakIsAFailure() {
        endpoint.answers(Reply.status(200), Reply.close(), Reply.close(), Reply.status(200));
        harness.answered(webhook);
        Answer.Failure failure = harness.failed(webhook);
        assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
        assertThat(failure.sentAgain()).isEqualTo(SentAgain.STALE);
        assertThat(endpoint.requests()).hasSize(3);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    void aNewConnectionThatBreaksIsAFailure(String name, Reply end) {
        endpoint.answers(end);
        assertThat(harness.failed(webhook).sentAgain()).isNull();
        assertThat(endpoint.requests()).hasSize(1);
    }

    static Stream<Arguments> beginnings() {
        return Stream.of("H", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n")
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("beginnings")
    void anAnswerThatHadBegunIsAFailure(String beginning) {
        endpoint.answers(Reply.status(200), Reply.rawThenClose(beginning));
        harness.answered(webhook);
        assertThat(harness.failed(webhook).sentAgain()).isNull();
        assertThat(endpoint.requests()).hasSize(2);
    }

    @Test
    void anAnswerThatBreaksOffAfterItsHeadIsOne() {
        endpoint.answers(Reply.status(200), Reply.rawThenClose("HTTP/1.1 202 OK\r\ncontent-length: 9\r\n\r\nok"));
        harness.answered(webhook);
        Answer.Status answer = harness.answered(webhook);
        assertThat(answer.code()).isEqualTo(202);
        assertThat(answer.bodyCut()).isTrue();
        assertThat(answer.sentAgain()).isNull();
        assertThat(endpoint.requests()).hasSize(2);
    }

    @Test
    void theSecondTimeHasNoMoreTimeThanIsLeft() {
        endpoint.answers(Reply.status(200), Reply.close(), Reply.silence());
        harness.answered(webhook);
        Duration timeout = Duration.ofMillis(300);
        Answer.Failure failure =
                harness.failed(Webhooks.to(endpoint.url()).timeout(timeout).build());
        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure.sentAgain()).isEqualTo(SentAgain.STALE);
    }

    @Test
    void aKeptConnectionOfHttp2ThatBreaksIsFollowedByANewOne() {
        Map<String, List<InetAddress>> hosts = Map.of("hooks.example", List.of(address("hooks.example", "127.0.0.1")));
        AtomicInteger count = new AtomicInteger();
        try (TlsServer server = new TlsServer("server", true, ClientAuth.NONE);
                SendingHarness two = new SendingHarness(SendingHarness.config(List.of("127.0.0.1")), hosts)) {
            server.handles(request -> {
                if (count.incrementAndGet() == 2) {
                    request.connection().close();
                } else {
                    request.response().end(request.version().toString());
                }
            });
            Webhook secure = Webhooks.to("https://hooks.example:" + server.port())
                    .tls(new TlsProfile(null, null, pem("ca.pem")))
                    .build();
            assertThat(two.answered(secure).excerpt()).isEqualTo("HTTP_2");
            Answer.Status second = two.answered(secure);
            assertThat(second.sentAgain()).isEqualTo(SentAgain.STALE);
            assertThat(second.excerpt()).isEqualTo("HTTP_2");
            assertThat(server.connections()).isEqualTo(2);
        }
    }
}
