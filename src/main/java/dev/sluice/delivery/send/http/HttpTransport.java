package dev.sluice.delivery.send.http;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Answer.Kind;
import dev.sluice.delivery.policy.SentAgain;
import dev.sluice.delivery.send.content.Slices;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.impl.HttpContext;

/**
 * Posts with the Web Client to the address that was checked; the URL's host goes into the Host header and TLS.
 *
 * <p>A large body goes out in {@link Slices}, as the endpoint reads it.
 *
 * <p>The Web Client has no way to end a request that it has sent. Its interceptors see the request of the HTTP client
 * below, and the body codec of an attempt leads from there to the attempt: so a deadline or an endless body closes the
 * connection, or resets the stream where others share it. The interceptor also hands over the request as it was written,
 * where the Web Client would copy the headers twice and put {@code content-length} last.
 *
 * <p>What a broken exchange means is for {@link BrokenExchange} to say.
 */
public final class HttpTransport implements Transport {
    private final Clients clients;
    private final boolean http2;
    private final int excerptBytes;
    private final Grace grace;

    /**
     * @param clients with {@link #intercept}
     * @param grace   for bodies that do not come to their end
     */
    public HttpTransport(Clients clients, boolean http2, int excerptBytes, Grace grace) {
        this.clients = clients;
        this.http2 = http2;
        this.excerptBytes = excerptBytes;
        this.grace = grace;
    }

    public static void intercept(HttpContext<?> context) {
        AnswerBody answer = (AnswerBody) context.request().bodyCodec();
        Request request = answer.request();
        switch (context.phase()) {
            case PREPARE_REQUEST -> context.createRequest(options(request));
            case SEND_REQUEST -> {
                // What breaks it the answer tells; Vert.x would log it besides.
                context.clientRequest().exceptionHandler(broken -> {});
                if (request.sendOn(context.clientRequest())) {
                    context.next();
                } else {
                    context.fail(new IllegalStateException("not sent on this connection"));
                }
            }
            case RECEIVE_RESPONSE -> {
                answer.begin(context.clientResponse());
                context.next();
            }
            default -> context.next();
        }
    }

    private static RequestOptions options(Request request) {
        Endpoint endpoint = request.endpoint();
        return new RequestOptions()
                .setMethod(endpoint.method())
                .setServer(request.server())
                .setProxyOptions(request.proxy())
                .setHost(endpoint.host())
                .setPort(endpoint.port())
                .setSsl(endpoint.isTls())
                .setURI(endpoint.pathAndQuery())
                .setConnectTimeout(request.asks())
                .setHeaders(request.headers());
    }

    @Override
    public Future<Answer> carry(Request request) {
        if (request.isCancelled()) {
            return Future.succeededFuture(request.failure(Kind.TIMEOUT, "cancelled"));
        }
        AnswerBody body = new AnswerBody(request, excerptBytes, grace);
        Endpoint endpoint = request.endpoint();
        if (http2 && endpoint.isTls()) {
            request.offerHttp2();
        }
        request.goesTo(clients.habits().of(endpoint.server()));
        if (endpoint.isTls()) {
            request.exchange().connecting(clients.handshakes());
        }
        Clients.Profile profile = clients.take(endpoint.tlsProfile());
        WebClient client = request.offersHttp2() ? profile.http2() : http1(request, profile);
        HttpRequest<String> post =
                client.request(endpoint.method(), endpoint.pathAndQuery()).as(body);
        return send(post, request).transform((response, failure) -> {
            Answer came = failure == null ? body.whole() : body.soFar();
            SentAgain again = came == null ? BrokenExchange.sentAgain(request, failure) : null;
            request.ended();
            body.over();
            profile.release();
            if (came != null) {
                return Future.succeededFuture(came);
            }
            if (again != null) {
                request.sendAgain(again);
                return carry(request);
            }
            if (request.exchange().isWorn() && !request.isCancelled()) {
                return carryInNextTurn(request);
            }
            return Future.succeededFuture(failed(request, failure));
        });
    }

    /** Of the connections that are kept any number may be worn; each would be found within the finding of the one before. */
    private Future<Answer> carryInNextTurn(Request request) {
        Promise<Answer> promise = Promise.promise();
        Vertx.currentContext().runOnContext(turn -> carry(request).onComplete(promise));
        return promise.future();
    }

    private static Future<HttpResponse<String>> send(HttpRequest<String> post, Request request) {
        if (request.endpoint().method().equals(HttpMethod.GET)) {
            return post.send();
        }
        if (!Slices.areOf(request.body())) {
            return post.sendBuffer(request.body());
        }
        Slices body = new Slices(request.body());
        request.exchange().writes(body);
        // Of this header the Web Client only sees that there is one: else it would send chunks.
        return post.putHeader(
                        HttpHeaders.CONTENT_LENGTH.toString(),
                        Integer.toString(request.body().length()))
                .sendStream(body)
                .onSuccess(answered -> {
                    if (!body.isOver()) {
                        request.cancel(); // it was answered before it was read: nobody will ask for the rest
                    }
                });
    }

    private static WebClient http1(Request request, Clients.Profile profile) {
        return request.repeats().wasStale() ? profile.fresh() : profile.http1();
    }

    private static Answer failed(Request request, Throwable failure) {
        if (request.isWithdrawn()) {
            return request.failure(Kind.INTERNAL, "not sent: when a connection was there, others might have sent it");
        }
        Kind kind = Failures.kind(failure);
        String host = request.endpoint().host();
        return request.failure(kind, kind == Kind.TLS ? TlsFailures.detail(failure, host) : Failures.detail(failure));
    }
}
