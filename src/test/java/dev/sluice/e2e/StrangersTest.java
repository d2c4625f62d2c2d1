package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.e2e.StrangeRequests.Strange;
import dev.sluice.testing.LoggedErrors;
import dev.sluice.testing.RawHttp;
import dev.sluice.testing.RedisServer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a stranger sends is the stranger's error: it is answered as a problem, and nobody is woken by it. */
class StrangersTest {
    private static final int REQUESTS = 3000;

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    private static TestPod pod;

    @BeforeAll
    static void start() {
        pod = TestPod.start(REDIS.uri());
    }

    @AfterAll
    static void stop() {
        pod.close();
    }

    @Test
    void getAnAnswerToEachRequestAtThePublicListenerAndNeverAnErrorOfOurs() {
        assertThat(wrongs(pod.port(), 1)).isEmpty();
    }

    @Test
    void getAnAnswerToEachRequestAtTheManagementListenerAndNeverAnErrorOfOurs() {
        assertThat(wrongs(pod.managementPort(), 2)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /% HTTP/1.1~Host: localhost~~|400",
                "GET /v1/webhooks/%zz HTTP/1.1~Host: localhost~~|400",
                "GET /v1/webhooks?tenant=%zz HTTP/1.1~Host: localhost~~|400",
                "POST /v1/webhooks HTTP/1.1~Host: localhost~Content-Type: multipart/form-data; boundary=~Content-Length: 2~~{}|415",
                "POST /v1/webhooks?tenant=%zz HTTP/1.1~Host: localhost~Content-Type: application/x-www-form-urlencoded~Content-Length: 3~~a=b|400",
                "POST /v1/webhooks HTTP/1.1~Host: localhost~Content-Type: application/x-www-form-urlencoded~Content-Length: 3~~{}%|415",
                "POST /v1/webhooks HTTP/1.1~Host: localhost~Content-Length: 2~~{}|415",
                "GET / HTTP/1.1~~|400",
                "GET / HTTP/1.1~Host: localhost~Host: localhost~~|400",
                "GET / HTTP/1.1~Host: a b~~|400",
                "nonsense~~|400",
                "POST /v1/webhooks HTTP/1.1~Host: localhost~Content-Type: application/json~Transfer-Encoding: chunked~~zz~~|400",
                "POST /v1/events HTTP/1.1~Host: localhost~Content-Type: application/json~Transfer-Encoding: chunked~~zz~~|400",
                "POST /v1/events HTTP/1.1~Host: localhost~Content-Type: application/x-ndjson~Transfer-Encoding: chunked~~zz~~|400",
            })
    void areToldWhatIsWrong(String request, int status) {
        RawHttp.Response answer = answer(pod.port(), request.replace("~", "\r\n"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.body()).contains("urn:sluice:problem:", "\"detail\"");
    }

    @Test
    void areToldThatALineOrTheHeadersAreTooLongAndDisconnected() {
        String taken = "GET /" + "x".repeat(4096 - "GET / HTTP/1.1".length()) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        assertThat(answer(pod.port(), taken).status()).isEqualTo(404);
        RawHttp.Response line = answer(pod.port(), taken.replace("/x", "/xx"));
        assertThat(line.status()).isEqualTo(414);
        RawHttp.Response headers =
                answer(pod.port(), "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");
        assertThat(headers.status()).isEqualTo(431);
        for (RawHttp.Response answer : List.of(line, headers)) {
            assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
            assertThat(answer.header("connection")).isEqualTo("close");
            assertThat(answer.body()).contains("urn:sluice:problem:");
        }
    }

    /** What it answers while it takes events; for a moment it may not, on a machine where Redis gets no turn. */
    private static RawHttp.Response answer(int port, String request) {
        return await().until(() -> ask(port, request), answer -> !answer.body().contains("journal-closed"));
    }

    private static RawHttp.Response ask(int port, String request) {
        try (RawHttp http = new RawHttp(port)) {
            return http.send(request).read();
        }
    }

    /** What was wrong with the answers to requests of this seed. */
    private static List<String> wrongs(int port, long seed) {
        StrangeRequests strange = new StrangeRequests(seed);
        List<String> wrongs = new ArrayList<>();
        try (LoggedErrors logged = new LoggedErrors()) {
            int before = 0;
            for (int i = 0; i < REQUESTS && wrongs.size() < 20; i++) {
                Strange request = strange.next();
                String wrong = wrong(port, request);
                if (wrong != null) {
                    wrongs.add(wrong + " for " + request);
                }
                if (logged.all().size() > before) {
                    wrongs.add(logged.all().get(before) + " for " + request);
                    before = logged.all().size();
                }
            }
        }
        return wrongs;
    }

    /** Null if nothing is. */
    private static String wrong(int port, Strange request) {
        try (RawHttp http = new RawHttp(port)) {
            http.send(request.bytes());
            RawHttp.Response answer = request.head() ? http.readHead() : http.read();
            while (answer.status() == 100) {
                answer = request.head() ? http.readHead() : http.read();
            }
            if (answer.status() >= 500) {
                return answer.status() + " " + answer.body();
            }
            String type = answer.header("content-type");
            if (request.upgrade() && answer.status() == 400) {
                return null; // Vert.x refuses a wrong upgrade to HTTP/2 before anything of ours can see it
            }
            boolean isProblem =
                    "application/problem+json".equals(type) || (request.strapi() && "application/json".equals(type));
            return answer.status() < 400 || isProblem ? null : answer.status() + " as " + type + " " + answer.body();
        } catch (UncheckedIOException none) {
            return "no answer (" + none.getCause() + ")";
        }
    }
}
