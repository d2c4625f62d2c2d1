package dev.sluice.delivery.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.SentAgain;
import dev.sluice.testing.Reply;
import dev.sluice.testing.ScriptedEndpoint;
import io.vertx.core.Promise;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes behind an answer are of no answer (RFC 9112 §6.3), over real sockets. */
class LeftOversTest {
    private final ScriptedEndpoint endpoint = new ScriptedEndpoint();
    private final SendingHarness harness = new SendingHarness();

    @AfterEach
    void close() {
        harness.close();
        endpoint.close();
    }

    static Stream<Arguments> answersWithMoreBehind() {
        return Stream.of(
                Arguments.of("204 with a body", "204 No Content\r\ncontent-length: 2\r\n\r\nok", 204, ""),
                Arguments.of(
                        "204 with chunks",
                        "204 None\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
                        204,
                        ""),
                Arguments.of("304 with a body", "304 Not Modified\r\ncontent-length: 2\r\n\r\nok", 304, ""),
                Arguments.of("characters counted as bytes", "200 OK\r\ncontent-length: 4\r\n\r\nöäöä", 200, "öä"),
                Arguments.of("a line more", "200 OK\r\ncontent-length: 2\r\n\r\nok\r\n", 200, "ok"),
                Arguments.of("a zero more", "200 OK\r\ncontent-length: 2\r\n\r\nok\0", 200, "ok"),
                Arguments.of(
                        "bytes behind the last chunk",
                        "200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\nmore",
                        200,
                        "ok"),
                Arguments.of(
                        "a second answer",
                        "200 OK\r\ncontent-length: 2\r\n\r\nokHTTP/1.1 500 Stray\r\ncontent-length: 0\r\n\r\n",
                        200,
                        "ok"),
                Arguments.of(
                        "half of a second answer",
                        "200 OK\r\ncontent-length: 0\r\n\r\nHTTP/1.1 500 Stray\r\ncontent-le",
                        200,
                        ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answersWithMoreBehind")
    void everyAnswerCountsAsItIsAndNoneIsReadTwice(String name, String answer, int status, String excerpt) {
        endpoint.answers(Reply.raw("HTTP/1.1 " + answer));
        for (int i = 0; i < 10; i++) {
            Answer.Status came = harness.answered(Webhooks.at(endpoint.url()));
            assertThat(came.code()).isEqualTo(status);
            assertThat(came.excerpt()).isEqualTo(excerpt);
            assertThat(came.sentAgain()).isNull();
        }
        assertThat(endpoint.requests()).hasSize(10);
        assertThat(endpoint.connections()).isEqualTo(10);
    }

    @Test
    void manyAtOnceAreAnsweredEachByItsOwn() {
        endpoint.answers(Reply.raw("HTTP/1.1 204 No Content\r\ncontent-length: 2\r\n\r\nok"));
        for (int i = 0; i < 3; i++) {
            List<Answer> answers = harness.sendAtOnce(Webhooks.at(endpoint.url()), 100);
            assertThat(answers).allMatch(answer -> answer instanceof Answer.Status came && came.code() == 204);
        }
        assertThat(endpoint.requests()).hasSize(300);
    }

    @Test
    void aBodyThatComesLateUnderAStatusWithoutOneEndsAnIdleConnection() {
        whatComesUnaskedEndsAnIdleConnection("HTTP/1.1 204 No Content\r\ncontent-length: 2\r\n\r\n");
    }

    @Test
    void whatComesUnaskedEndsAnIdleConnection() {
        whatComesUnaskedEndsAnIdleConnection("HTTP/1.1 204 No Content\r\n\r\n");
    }

    private void whatComesUnaskedEndsAnIdleConnection(String head) {
        Promise<NetSocket> answered = Promise.promise();
        endpoint.answers(
                (vertx, socket) -> {
                    Reply.raw(head).to(vertx, socket);
                    answered.complete(socket);
                },
                Reply.status(201));
        assertThat(harness.answered(Webhooks.at(endpoint.url())).code()).isEqualTo(204);
        ScriptedEndpoint.await(answered.future().compose(socket -> socket.write("ok")));
        ScriptedEndpoint.await(endpoint.closed(0));
        Answer.Status next = harness.answered(Webhooks.at(endpoint.url()));
        assertThat(next.code()).isEqualTo(201);
        assertThat(endpoint.connections()).isEqualTo(2);
    }

    @Test
    void whatComesLateIsNotTakenForTheNextAnswer() {
        endpoint.answers(Reply.status(200), Reply.raw("ok"), Reply.status(201));
        harness.answered(Webhooks.at(endpoint.url()));
        Answer.Status next = harness.answered(Webhooks.at(endpoint.url()));
        assertThat(next.code()).isEqualTo(201);
        assertThat(next.sentAgain()).isEqualTo(SentAgain.STALE);
    }

    @Test
    void anAnswerWithoutMoreKeepsItsConnection() {
        endpoint.answers(
                Reply.status(200, "ok"),
                Reply.status(204),
                Reply.raw("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"));
        for (int i = 0; i < 6; i++) {
            harness.answered(Webhooks.at(endpoint.url()));
        }
        assertThat(endpoint.connections()).isOne();
    }
}
