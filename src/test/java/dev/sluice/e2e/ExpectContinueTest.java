package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.RawHttp;
import dev.sluice.testing.RedisServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nobody is asked for a body that will be refused (RFC 9110, 10.1.1). */
class ExpectContinueTest {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final TestPod pod = TestPod.on(REDIS, "SLUICE_HTTP_MAX_BODY_BYTES", "1KiB");

    @Test
    void asksForABodyOnceWhenItWillBeRead() {
        assertThat(statuses("/v1/events", "application/json", "{\"type\":\"a\"}"))
                .isEqualTo("100 202");
        assertThat(statuses("/v1/webhooks", "application/json", "{\"url\":\"http://127.0.0.1:1/\"}"))
                .isEqualTo("100 201");
    }

    @Test
    void doesNotAskForABodyThatIsTooLargeOrOfAnUnknownType() {
        assertThat(head("/v1/events", "application/json", 2000)).isEqualTo(413);
        assertThat(head("/v1/events", "text/html", 10)).isEqualTo(415);
        assertThat(head("/v1/webhooks", "application/json", 2_000_000)).isEqualTo(413);
    }

    private String statuses(String path, String contentType, String body) {
        try (RawHttp http = pod.connect()) {
            int asked =
                    http.send(request(path, contentType, body.length())).read().status();
            return asked + " " + http.send(body).read().status();
        }
    }

    private int head(String path, String contentType, int length) {
        try (RawHttp http = pod.connect()) {
            return http.send(request(path, contentType, length)).read().status();
        }
    }

    private static String request(String path, String contentType, int length) {
        return "POST %s HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                .formatted(path, contentType, length);
    }
}
