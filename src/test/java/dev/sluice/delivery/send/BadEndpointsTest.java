package dev.sluice.delivery.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Answer.Kind;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.Reply;
import dev.sluice.testing.ScriptedEndpoint;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes out of endpoints that misbehave, over real sockets. */
class BadEndpointsTest {
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    private static final String TOO_LARGE_HEAD = "HTTP header is larger than 65536 bytes";
    private static final String TOO_LONG_LINE = "An HTTP line is larger than 4096 bytes";
    private static final String TOO_MUCH = "the answer takes more than 2097152 bytes on the wire";
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
                Arguments.of("closes without an answer", Reply.close(), "Connection was closed"),
                Arguments.of("resets", Reply.reset(), "Connection reset"),
                Arguments.of("is not HTTP", Reply.raw("220 mail.example ESMTP\r\n\r\n"), "invalid version format: 220"),
                Arguments.of(
                        "speaks another HTTP",
                        Reply.raw("HTTP/7.5 200 OK\r\n\r\n"),
                        "Unsupported HTTP version: HTTP/7.5"),
                Arguments.of("sends a head that is too large", head(65 * 1024), TOO_LARGE_HEAD),
                Arguments.of(
                        "sends a negative length",
                        Reply.raw("HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n"),
                        "Content-Length value is not a number: -1"),
                Arguments.of("sends a hundred thousand headers", hundredThousandHeaders(), TOO_LARGE_HEAD),
                Arguments.of("says continue for ever", Reply.flood("", "HTTP/1.1 100 Continue\r\n\r\n"), TOO_MUCH),
                Arguments.of("says processing for ever", Reply.flood("", "HTTP/1.1 102 Processing\r\n\r\n"), TOO_MUCH),
                Arguments.of(
                        "gives early hints for ever",
                        Reply.flood("", "HTTP/1.1 103 Hint\r\nlink: </a>\r\n\r\n"),
                        TOO_MUCH),
                Arguments.of("sends empty lines for ever", Reply.flood("", "\r\n"), TOO_LONG_LINE),
                Arguments.of("never ends its status line", Reply.flood("HTTP/1.1 200 ", "OK "), TOO_LONG_LINE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void namesAnExchangeThatBreaks(String name, Reply reply, String detail) {
        endpoint.answers(reply);
        Answer.Failure failure = harness.failed(Webhooks.at(endpoint.url()));
        assertThat(failure.kind()).as(failure.detail()).isEqualTo(Kind.BROKEN);
        assertThat(failure.detail()).startsWith(detail);
        ScriptedEndpoint.await(endpoint.closed(0));
        deliversToItAgain();
    }

    @Test
    void takesAHeadOf60KiB() {
        endpoint.answers(head(60 * 1024));
        assertThat(harness.answered(Webhooks.at(endpoint.url())).code()).isEqualTo(200);
        deliversToItAgain();
        assertThat(endpoint.connections()).isOne();
    }

    static Stream<Arguments> bareLines() {
        return Stream.of(
                Arguments.of("HTTP/1.1 201 Made\nretry-after: 7\ncontent-length: 2\n\nok"),
                Arguments.of("HTTP/1.1 201 Made\r\nretry-after: 7\ncontent-length: 2\r\n\nok"),
                Arguments.of("HTTP/1.1 100 Continue\n\nHTTP/1.1 201 Made\nretry-after: 7\ncontent-length: 2\n\nok"),
                Arguments.of(
                        "HTTP/1.1 201 Made\nretry-after: 7\ntransfer-encoding: chunked\n\n2\r\nok\r\n0\r\nx-a: b\n\n"));
    }

    /** RFC 9112, section 2.2. */
    @ParameterizedTest
    @MethodSource("bareLines")
    void takesLinesThatEndWithALineFeedAlone(String answer) {
        endpoint.answers(Reply.raw(answer));
        for (int i = 0; i < 3; i++) {
            Answer.Status came = harness.answered(Webhooks.at(endpoint.url()));
            assertThat(came.code()).isEqualTo(201);
            assertThat(came.retryAfter()).isEqualTo("7");
            assertThat(came.excerpt()).isEqualTo("ok");
            assertThat(came.bodyCut()).isFalse();
        }
        assertThat(endpoint.connections()).isOne();
    }

    static Stream<Arguments> cut() {
        return Stream.of(
                Arguments.of("closes after the head", Reply.closeAfterHead()),
                Arguments.of("keeps a tenth of its length", Reply.wrongLength()),
                Arguments.of("sends a chunk that is none", chunked("zz\r\n")),
                Arguments.of("sends a chunk of a negative length", chunked("-1\r\n")),
                Arguments.of("closes within a chunk", Reply.rawThenClose(CHUNKED + "5\r\nok")),
                Arguments.of("resets after the head", Reply.resetAfter("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n")),
                Arguments.of("sends more than a mebibyte", Reply.huge((1 << 20) + 1)),
                Arguments.of("sends ten mebibytes", Reply.huge(10 << 20)),
                Arguments.of("announces a gigabyte and sends it", gigabyte()),
                Arguments.of("never ends", Reply.endless()),
                Arguments.of("never ends, a byte at a time", Reply.flood(CHUNKED, "1\r\nx\r\n")),
                Arguments.of("sends trailers for ever", Reply.flood(CHUNKED + "0\r\n", "x-a: b\r\n")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cut")
    void theStatusDecidesWhateverTheBodyDoes(String name, Reply reply) {
        endpoint.answers(reply);
        Answer.Status answer = harness.answered(Webhooks.at(endpoint.url()));
        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.bodyCut()).isTrue();
        ScriptedEndpoint.await(endpoint.closed(0));
        deliversToItAgain();
    }

    static Stream<Arguments> unfinished() {
        return Stream.of(
                Arguments.of("stops within the body", Reply.raw("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nx")),
                Arguments.of("drips", Reply.drip()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unfinished")
    void theStatusDecidesAtTheDeadline(String name, Reply reply) {
        endpoint.answers(reply);
        Answer.Status answer =
                harness.answered(Webhooks.to(endpoint.url()).timeout(SHORT).build());
        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.excerpt()).startsWith("x");
        assertThat(answer.bodyCut()).isTrue();
        assertThat(answer.took()).isGreaterThanOrEqualTo(SHORT);
        ScriptedEndpoint.await(endpoint.closed(0));
        deliversToItAgain();
    }

    /** The deadline is further away than a test waits. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("unfinished")
    void aBodyThatTakesItsTimeIsCutLongBeforeTheDeadline(String name, Reply reply) {
        endpoint.answers(reply);
        Answer.Status answer = harness.answered(
                Webhooks.to(endpoint.url()).timeout(Duration.ofMinutes(1)).build());
        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.bodyCut()).isTrue();
        ScriptedEndpoint.await(endpoint.closed(0));
    }

    @Test
    void aRefusalWithABrokenBodyIsThatRefusalWithAllThatItSaid() {
        endpoint.answers(
                Reply.rawThenClose("HTTP/1.1 500 Oops\r\ncontent-length: 9\r\n\r\nstack"),
                Reply.rawThenClose("HTTP/1.1 429 Slow\r\nretry-after: 7\r\ncontent-length: 9\r\n\r\n"),
                Reply.rawThenClose("HTTP/1.1 302 Found\r\nlocation: /there\r\ncontent-length: 9\r\n\r\n"));
        Answer.Status first = harness.answered(Webhooks.at(endpoint.url()));
        assertThat(first.code()).isEqualTo(500);
        assertThat(first.excerpt()).isEqualTo("stack");
        Answer.Status second = harness.answered(Webhooks.at(endpoint.url()));
        assertThat(second.code()).isEqualTo(429);
        assertThat(second.retryAfter()).isEqualTo("7");
        assertThat(harness.answered(Webhooks.at(endpoint.url())).location()).isEqualTo("/there");
    }

    static Stream<Arguments> slow() {
        return Stream.of(
                Arguments.of("never answers", Reply.silence()),
                Arguments.of("stops within the head", Reply.raw("HTTP/1.1 200 OK\r\nx-a: b\r\n")),
                Arguments.of("says continue and no more", Reply.raw("HTTP/1.1 100 Continue\r\n\r\n")));
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
        deliversToItAgain();
    }

    @Test
    void endsARequestThatNobodyReads() {
        endpoint.deaf();
        Buffer large = Buffer.buffer("\"" + "x".repeat(32 << 20) + "\"");
        Webhook webhook = Webhooks.to(endpoint.url()).timeout(SHORT).build();
        Answer answer = harness.send(SendingHarness.event("application/json", large, null), webhook, 1);
        assertThat(((Answer.Failure) answer).detail()).isEqualTo("no whole answer within 200 ms");
        endpoint.listen();
        ScriptedEndpoint.await(endpoint.closed(0));
        assertThat(endpoint.requests()).isEmpty();
        deliversToItAgain();
    }

    @Test
    void endsALookUpThatDoesNot() {
        Answer.Failure failure = harness.failed(Webhooks.to("http://" + SendingHarness.SILENT_HOST)
                .timeout(SHORT)
                .build());
        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure.detail()).isEqualTo("no connection within 200 ms");
        deliversToItAgain();
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

    @ParameterizedTest
    @ValueSource(strings = {"http://10.0.0.1/", "http://169.254.169.254/latest/", "http://inside.example/", "/here"})
    void showsWhereARedirectLeadsAndGoesNowhere(String location) {
        endpoint.answers(Reply.status(302, "", "location: " + location));
        Answer.Status status = harness.answered(Webhooks.at(endpoint.url() + "/here"));
        assertThat(status.code()).isEqualTo(302);
        assertThat(status.location()).isEqualTo(location);
        assertThat(endpoint.requests()).hasSize(1);
        assertThat(harness.lookUps()).containsExactly("127.0.0.1");
    }

    @Test
    void keepsTheBeginningOfALongAnswerAndTheConnection() {
        endpoint.answers(Reply.huge(1 << 20));
        Answer.Status status = harness.answered(Webhooks.at(endpoint.url()));
        assertThat(status.excerpt()).isEqualTo("x".repeat(64));
        assertThat(status.bodyCut()).isFalse();
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
    void doesNotUnpackABomb() throws IOException {
        Buffer bomb = gzip(256 << 20);
        assertThat(bomb.length()).isLessThan(1 << 20);
        endpoint.answers(Reply.bytes(bomb, "content-encoding: gzip"));
        Answer.Status status = harness.answered(Webhooks.at(endpoint.url()));
        assertThat(status.code()).isEqualTo(200);
        assertThat(status.excerpt()).hasSizeLessThanOrEqualTo(64);
        deliversToItAgain();
    }

    @Test
    void readsOverInterimAnswers() {
        endpoint.answers(
                Reply.raw(
                        "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"
                                + "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 201 Created\r\ncontent-length: 4\r\n\r\nmade"));
        Answer.Status status = harness.answered(Webhooks.at(endpoint.url()));
        assertThat(status.code()).isEqualTo(201);
        assertThat(status.excerpt()).isEqualTo("made");
        deliversToItAgain();
        assertThat(endpoint.connections()).isOne();
    }

    @Test
    void doesNotSwitchProtocols() {
        endpoint.answers(Reply.raw("HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n"));
        Answer.Failure failure = harness.failed(Webhooks.at(endpoint.url()));
        assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
        assertThat(failure.detail()).isEqualTo("the answer switches protocols (101), which was not asked for");
        ScriptedEndpoint.await(endpoint.closed(0));
        deliversToItAgain();
    }

    @Test
    void takesAnAnswerThatIsLongerThanItSays() {
        endpoint.answers(Reply.raw("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok and more\r\n"), Reply.status(200));
        assertThat(harness.answered(Webhooks.at(endpoint.url())).excerpt()).isEqualTo("ok");
        ScriptedEndpoint.await(endpoint.closed(0));
        deliversToItAgain();
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
        letThePoolKnow();
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

    /** Whatever the endpoint did, the next attempt is as good as any. */
    private void deliversToItAgain() {
        letThePoolKnow();
        endpoint.answers(Reply.status(200));
        assertThat(harness.answered(Webhooks.at(endpoint.url())).code()).isEqualTo(200);
    }

    /** The other side may see the end before the pool does: one turn to finish closing, one to tell the pool. */
    private void letThePoolKnow() {
        harness.on(Future::succeededFuture);
        harness.on(Future::succeededFuture);
    }

    private static Reply hundredThousandHeaders() {
        return Reply.raw("HTTP/1.1 200 OK\r\n" + "x-a: b\r\n".repeat(100_000) + "content-length: 0\r\n\r\n");
    }

    private static Reply gigabyte() {
        return Reply.flood("HTTP/1.1 200 OK\r\ncontent-length: 1073741824\r\n\r\n", "x");
    }

    private static Buffer gzip(int zeros) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] chunk = new byte[1 << 20];
            for (int written = 0; written < zeros; written += chunk.length) {
                gzip.write(chunk);
            }
        }
        return Buffer.buffer(packed.toByteArray());
    }

    private static Reply head(int bytes) {
        return Reply.raw("HTTP/1.1 200 OK\r\nx-large: " + "x".repeat(bytes) + "\r\ncontent-length: 0\r\n\r\n");
    }

    private static Reply chunked(String chunk) {
        return Reply.raw(CHUNKED + chunk);
    }
}
