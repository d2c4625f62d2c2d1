package dev.sluice.delivery.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.testing.Reply;
import dev.sluice.testing.ScriptedEndpoint;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CutAnswersTest extends EndpointHarness {
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

    private static Reply gigabyte() {
        return Reply.flood("HTTP/1.1 200 OK\r\ncontent-length: 1073741824\r\n\r\n", "x");
    }
}
