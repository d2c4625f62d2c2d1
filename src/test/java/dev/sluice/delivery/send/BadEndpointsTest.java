package dev.sluice.delivery.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Answer.Kind;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.Reply;
import dev.sluice.testing.ScriptedEndpoint;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes out of endpoints that misbehave, over real sockets. */
class BadEndpointsTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    private final ScriptedEndpoint endpoint = new ScriptedEndpoint();
    private final SendingHarness harness = new SendingHarness();

    @AfterEach
    void close() {
        harness.close();
        endpoint.close();
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("closes without an answer", Reply.close()),
                Arguments.of("resets", Reply.reset()),
                Arguments.of("closes after the head", Reply.closeAfterHead()),
                Arguments.of("keeps a tenth of its length", Reply.wrongLength()),
                Arguments.of("is not HTTP", Reply.raw("220 mail.example ESMTP\r\n\r\n")),
                Arguments.of("speaks another HTTP", Reply.raw("HTTP/7.5 200 OK\r\n\r\n")),
                Arguments.of("sends a head that is too large", head(17 * 1024)),
                Arguments.of("sends a chunk that is none", chunked("zz\r\n")),
                Arguments.of("sends a negative length", Reply.raw("HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n")),
                Arguments.of("sends more than a mebibyte", Reply.huge((1 << 20) + 1)),
                Arguments.of("never ends", Reply.endless()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void namesAnExchangeThatBreaks(String name, Reply reply) {
        endpoint.answers(reply);
        Answer.Failure failure = harness.failed(Webhooks.at(endpoint.url()));
        assertThat(failure.kind()).as(failure.detail()).isEqualTo(Kind.BROKEN);
        assertThat(failure.detail()).isNotBlank().hasSizeLessThanOrEqualTo(300);
        ScriptedEndpoint.await(endpoint.closed(0));
    }

    static Stream<Arguments> slow() {
        return Stream.of(
                Arguments.of("never answers", Reply.silence()),
                Arguments.of("stops within the head", Reply.raw("HTTP/1.1 200 OK\r\nx-a: b\r\n")),
                Arguments.of("stops within the body", Reply.raw("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nx")),
                Arguments.of("says continue for ever", Reply.raw("HTTP/1.1 100 Continue\r\n\r\n")),
                Arguments.of("drips", Reply.drip()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("slow")
    void endsAnExchangeAtTheDeadlineAndClosesItsConnection(String name, Reply reply) {
        endpoint.answers(reply);
        Answer.Failure failure =
                harness.failed(Webhooks.to(endpoint.url()).timeout(SHORT).build());
        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure.detail()).isEqualTo("no whole answer within 200 ms");
        assertThat(failure.took()).isGreaterThanOrEqualTo(SHORT);
        ScriptedEndpoint.await(endpoint.closed(0));
    }

    @Test
    void namesAPortThatNobodyListensOn() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Answer.Failure failure = harness.failed(Webhooks.at("http://127.0.0.1:" + port));
        assertThat(failure.kind()).as(failure.detail()).isEqualTo(Kind.CONNECT);
    }

    @Test
    void namesAHostThatDoesNotResolve() {
        Answer.Failure failure = harness.failed(Webhooks.at("http://nowhere.example/hook"));
        assertThat(failure.kind()).isEqualTo(Kind.DNS);
        assertThat(failure.detail()).isEqualTo("nowhere.example: no such name");
    }

    @Test
    void doesNotFollowARedirect() {
        endpoint.answers(Reply.status(307, "", "location: " + endpoint.url() + "/elsewhere"));
        Answer.Status status = harness.answered(Webhooks.at(endpoint.url() + "/here"));
        assertThat(status.code()).isEqualTo(307);
        assertThat(status.location()).isEqualTo(endpoint.url() + "/elsewhere");
        assertThat(endpoint.request().line()).isEqualTo("POST /here HTTP/1.1");
    }

    @Test
    void keepsTheBeginningOfALongAnswerAndTheConnection() {
        endpoint.answers(Reply.huge(1 << 20));
        Answer.Status status = harness.answered(Webhooks.at(endpoint.url()));
        assertThat(status.excerpt()).isEqualTo("x".repeat(64));
        harness.answered(Webhooks.at(endpoint.url()));
        assertThat(endpoint.connections()).isOne();
    }

    @Test
    void doesNotUnpackAnAnswer() {
        endpoint.answers(Reply.status(200, "\u0001gzipped?", "content-encoding: gzip"));
        assertThat(harness.answered(Webhooks.at(endpoint.url())).excerpt()).isEqualTo("\uFFFDgzipped?");
        assertThat(endpoint.request().headers("accept-encoding")).isEmpty();
    }

    @Test
    void sendsNoCookieBack() {
        endpoint.answers(Reply.status(200, "", "set-cookie: a=b"));
        harness.answered(Webhooks.at(endpoint.url()));
        harness.answered(Webhooks.at(endpoint.url()));
        assertThat(endpoint.requests())
                .allMatch(request -> request.headers("cookie").isEmpty());
    }

    @Test
    void takesABodyThatEndsWithTheConnection() {
        endpoint.answers(Reply.rawThenClose("HTTP/1.1 200 OK\r\nretry-after: 7\r\n\r\nuntil the end"));
        Answer.Status status = harness.answered(Webhooks.at(endpoint.url()));
        assertThat(status.excerpt()).isEqualTo("until the end");
        assertThat(status.retryAfter()).isEqualTo("7");
    }

    @Test
    void isNotConfusedByAnAnswerThatNobodyAskedFor() {
        endpoint.answers(
                Reply.raw(
                        "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\nHTTP/1.1 500 Stray\r\ncontent-length: 0\r\n\r\n"),
                Reply.status(201));
        assertThat(harness.answered(Webhooks.at(endpoint.url())).code()).isEqualTo(200);
        ScriptedEndpoint.await(endpoint.closed(0));
        // The other side may see the end before the pool does: one turn to finish closing, one to tell the pool.
        harness.on(Future::succeededFuture);
        harness.on(Future::succeededFuture);
        assertThat(harness.answered(Webhooks.at(endpoint.url())).code()).isEqualTo(201);
    }

    @Test
    void answersEachOfManyAtOnce() {
        List<Answer> answers = harness.sendAtOnce(Webhooks.at(endpoint.url()), 100);
        assertThat(answers)
                .hasSize(100)
                .allMatch(answer -> answer instanceof Answer.Status status && status.code() == 200);
    }

    @Test
    void triesTheNextAddressWhereOneCannotBeConnectedTo() {
        InetAddress deaf = SendingHarness.address("two.example", "127.0.0.2");
        InetAddress listening = SendingHarness.address("two.example", "127.0.0.1");
        Map<String, List<InetAddress>> hosts = Map.of("two.example", List.of(deaf, listening));
        try (SendingHarness two = new SendingHarness(List.of("127.0.0.0/8"), hosts, Manner.NONE, options -> {})) {
            Webhook webhook = Webhooks.at("http://two.example:" + endpoint.port());
            for (int i = 0; i < 4; i++) {
                assertThat(two.answered(webhook).code()).isEqualTo(200);
            }
        }
        assertThat(endpoint.requests()).hasSize(4);
    }

    private static Reply head(int bytes) {
        return Reply.raw("HTTP/1.1 200 OK\r\nx-large: " + "x".repeat(bytes) + "\r\ncontent-length: 0\r\n\r\n");
    }

    private static Reply chunked(String chunk) {
        return Reply.raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n" + chunk);
    }
}
