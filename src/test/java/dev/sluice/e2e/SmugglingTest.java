package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.RawHttp;
import dev.sluice.testing.RedisServer;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests of which a proxy in front may think that they end elsewhere than Sluice does: refused, and nothing behind them is taken
 * for a request. Meanwhile others are served, on both listeners.
 */
class SmugglingTest {
    /** Who got it answered as a request of its own would be asked by another's beginning. */
    private static final String HIDDEN = "GET /v1/me HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    private static TestPod pod;
    /** A client that was there before, and has nothing to do with it. */
    private static RawHttp others;

    @BeforeAll
    static void start() {
        pod = TestPod.start(REDIS.uri());
        others = pod.connect();
    }

    @AfterAll
    static void stop() {
        others.close();
        pod.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 4|Transfer-Encoding: chunked||0||",
                "Transfer-Encoding: chunked|Content-Length: 4||0||",
                "Content-Length: 2|Content-Length: 3||{}",
                "Content-Length: 2|Content-Length: 2||{}",
                "Content-Length: 2, 3||{}",
                "Content-Length: 2, 2||{}",
                "Content-Length: +2||{}",
                "Content-Length: -2||{}",
                "Content-Length: 2a||{}",
                "Content-Length: 0x2||{}",
                "Content-Length: 2 0||{}",
                "Content-Length: ||{}",
                "Content-Length: 99999999999999999999||{}",
                "Content-Length : 2||{}",
                "Content-Length: 2|Content-Length\t: 3||{}",
                "Content-Length|: 2||{}",
                "Transfer-Encoding : chunked||0||",
                "Transfer-Encoding: xchunked||0||",
                "Transfer-Encoding: chunked, identity||0||",
                "Transfer-Encoding: identity||0||",
                "Transfer-Encoding: identity, chunked||0||",
                "Transfer-Encoding: gzip, chunked||0||",
                "Transfer-Encoding: chunked|Transfer-Encoding: identity||0||",
                "Transfer-Encoding: chunked|Transfer-Encoding: chunked||0||",
                "Transfer-Encoding: \u000bchunked||0||",
                "Transfer-Encoding: \"chunked\"||0||",
                "Transfer-Encoding: chunked;q=1||0||",
                "Transfer-Encoding: chunked||2;a=\nb|{}|0||",
                "Transfer-Encoding: chunked||2\n{}|0||",
                "Transfer-Encoding: chunked||2|{}\n0||",
                "Transfer-Encoding: chunked||2|{}0||",
                "Transfer-Encoding: chunked||2|{}xx0||",
                "Transfer-Encoding: chunked||+2|{}|0||",
                "Transfer-Encoding: chunked||0x2|{}|0||",
                "Transfer-Encoding: chunked||-2|{}|0||",
                "Transfer-Encoding: chunked||ffffffffffffffff2|{}|0||",
                "Transfer-Encoding: chunked||100000002|{}|0||",
                "Transfer-Encoding: chunked|||{}|0||",
                "Transfer-Encoding: chunked||0|Content-Length: 5|: x||",
                "X: a\nContent-Length: 2||{}",
                "X: a\rContent-Length: 2||{}",
                "X: a\r\rContent-Length: 2||{}",
                "X\u0000: a|Content-Length: 2||{}",
                "X: a\u0000|Content-Length: 2||{}",
                ": a|Content-Length: 2||{}",
                "X|Content-Length: 2||{}",
            })
    void areRefusedAndNothingBehindThemIsARequest(String form) {
        String rest = "Host: localhost|Content-Type: application/json|" + form;
        String request = ("POST /v1/webhooks HTTP/1.1|" + rest).replace("|", "\r\n");
        assertThat(answers(pod.port(), request)).containsExactly(400);
        assertThat(answers(pod.managementPort(), request)).hasSize(1).first().isIn(400, 404);
        assertThat(others.send(HIDDEN).read().status()).isEqualTo(200);
        assertThat(pod.management().get("/health/live").status()).isEqualTo(200);
    }

    /** CVE-2026-102479: what a proxy in front passes on since it means nothing to it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Xength",
                "content-xength",
                "Content-\u0001ength",
                "Content-Xype",
                "Content_Length",
                "Content-Lengtm"
            })
    void aNameThatOnlyResemblesOneIsAnother(String name) {
        String first = HIDDEN.replace("\r\n\r\n", "\r\n%s: 20\r\n\r\n".formatted(name));
        try (RawHttp http = pod.connect()) {
            http.send(first + HIDDEN);
            assertThat(http.read().status()).isIn(200, 400);
            assertThat(name.equals("Content-\u0001ength") || http.read().status() == 200)
                    .isTrue();
        }
    }

    @Test
    void anHttp1ConnectionBeginsWithWhateverPiecesItLikes() {
        try (RawHttp http = pod.connect()) {
            HIDDEN.chars().forEach(one -> http.send(Character.toString(one)));
            assertThat(http.read().status()).isEqualTo(200);
        }
    }

    /** Until the connection ends. */
    private static List<Integer> answers(int port, String request) {
        List<Integer> answers = new ArrayList<>();
        try (RawHttp http = new RawHttp(port)) {
            http.send(request + HIDDEN);
            while (answers.size() < 3) {
                answers.add(http.read().status());
            }
        } catch (UncheckedIOException ended) {
            assertThat(ended.getCause()).isNotInstanceOf(SocketTimeoutException.class);
        }
        return answers;
    }
}
