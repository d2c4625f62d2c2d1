package dev.sluice.ingest;

import dev.sluice.http.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says to a sender of CloudEvents that events are expected here, which it asks before the first one ("HTTP 1.1 Web Hooks
 * for Event Delivery", section 4). Whoever asks is told so; see {@link dev.sluice.ingest} for why.
 */
final class Consent {
    private static final String ASKED = "webhook-request-origin";
    private static final String RATE = "webhook-request-rate";
    /** A domain name, of all senders of a system; one may stand for many. */
    private static final Pattern ORIGIN = Pattern.compile("[A-Za-z0-9._~:*-]{1,255}");

    private Consent() {}

    static boolean isAsked(HttpServerRequest request) {
        return request.method().equals(HttpMethod.OPTIONS) && request.headers().contains(ASKED);
    }

    /** @throws dev.sluice.http.ProblemException 400 for what is no origin */
    static void give(HttpServerRequest request) {
        String origin = request.getHeader(ASKED);
        if (!isOrigin(origin)) {
            throw Problem.of(
                            400,
                            "invalid-request",
                            "Invalid request",
                            "WebHook-Request-Origin: not an origin (expected: a domain name, as eventemitter.example.com)")
                    .asException();
        }
        HttpServerResponse response = request.response()
                .putHeader("WebHook-Allowed-Origin", origin)
                .putHeader(HttpHeaders.ALLOW, "POST, OPTIONS");
        if (request.headers().contains(RATE)) {
            response.putHeader("WebHook-Allowed-Rate", "*");
        }
        response.end();
    }

    private static boolean isOrigin(@Nullable String text) {
        return text != null && ORIGIN.matcher(text).matches();
    }
}
