package dev.sluice.delivery.send;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Answer.Kind;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.impl.HttpContext;
import io.vertx.ext.web.client.impl.WebClientInternal;
import org.jspecify.annotations.Nullable;

/**
 * Posts with the Web Client to the address that was checked; the URL's host goes into the Host header and TLS.
 *
 * <p>The Web Client has no way to end a request that it has sent. Its interceptors see the request of the HTTP client
 * below, and the body codec of an attempt leads from there to the attempt: so a deadline or an endless body closes the
 * connection. The interceptor also hands over the request as it was written, where the Web Client would copy the headers
 * twice and put {@code content-length} last.
 */
final class HttpTransport implements Transport {
    private static final int LONGEST_HEADER = 1024;

    private final WebClient client;
    private final Handshakes handshakes;
    private final int excerptBytes;

    HttpTransport(WebClient client, Handshakes handshakes, int excerptBytes) {
        this.client = client;
        this.handshakes = handshakes;
        this.excerptBytes = excerptBytes;
        ((WebClientInternal) client).addInterceptor(HttpTransport::intercept);
    }

    private static void intercept(HttpContext<?> context) {
        Request request = ((AnswerBody) context.request().bodyCodec()).request();
        switch (context.phase()) {
            case PREPARE_REQUEST -> context.createRequest(options(request));
            case SEND_REQUEST -> {
                if (request.sendOn(context.clientRequest())) {
                    context.next();
                } else {
                    context.clientRequest().exceptionHandler(cancelled -> {});
                    context.fail(new IllegalStateException("cancelled before it was sent"));
                }
            }
            default -> context.next();
        }
    }

    private static RequestOptions options(Request request) {
        Endpoint endpoint = request.endpoint();
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(request.server())
                .setHost(endpoint.host())
                .setPort(endpoint.port())
                .setSsl(endpoint.isTls())
                .setURI(endpoint.pathAndQuery())
                .setHeaders(request.headers());
    }

    @Override
    public Future<Answer> carry(Request request) {
        AnswerBody body = new AnswerBody(request, excerptBytes);
        if (request.endpoint().isTls()) {
            request.connecting(handshakes);
        }
        String uri = request.endpoint().pathAndQuery();
        HttpRequest<String> post = client.request(HttpMethod.POST, uri).as(body);
        return post.sendBuffer(request.body()).transform((response, failure) -> {
            request.ended();
            return Future.succeededFuture(
                    response != null ? answered(request, response) : failed(request, body, failure));
        });
    }

    private static Answer answered(Request request, HttpResponse<String> response) {
        return request.status(
                response.statusCode(),
                bounded(response.getHeader(HttpHeaders.RETRY_AFTER.toString())),
                bounded(response.getHeader(HttpHeaders.LOCATION.toString())),
                response.body());
    }

    private static Answer failed(Request request, AnswerBody body, Throwable failure) {
        if (body.isTooLong()) {
            return request.failure(Kind.BROKEN, "the answer is longer than %d bytes".formatted(AnswerBody.MOST_BYTES));
        }
        return request.failure(Failures.kind(failure), Failures.detail(failure));
    }

    private static @Nullable String bounded(@Nullable String header) {
        return header == null || header.length() <= LONGEST_HEADER ? header : header.substring(0, LONGEST_HEADER);
    }
}
