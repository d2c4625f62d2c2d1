package dev.sluice.delivery.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Answer.Kind;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.Reply;
import dev.sluice.testing.ScriptedEndpoint;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes out of endpoints that misbehave, over real sockets. */
class BadEndpointsTest extends EndpointHarness {
    private static final String TOO_LARGE_HEAD = "HTTP header is larger than 65536 bytes";
    private static final String TOO_LONG_LINE = "An HTTP line is larger than 4096 bytes";
    private static final String TOO_MUCH = "the answer takes more than 2097152 bytes on the wire";

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
        assertThat(failure.detail()).isEqualTo("no address of silent.example within 200 ms");
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

    private static Reply hundredThousandHeaders() {
        return Reply.raw("HTTP/1.1 200 OK\r\n" + "x-a: b\r\n".repeat(100_000) + "content-length: 0\r\n\r\n");
    }
}
