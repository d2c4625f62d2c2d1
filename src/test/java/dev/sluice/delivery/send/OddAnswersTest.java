package dev.sluice.delivery.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Answer.Kind;
import dev.sluice.testing.Reply;
import dev.sluice.testing.ScriptedEndpoint;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OddAnswersTest extends EndpointHarness {
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
}
