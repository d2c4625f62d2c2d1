package dev.sluice.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Through which every request comes in, on every listener: what a stranger can get wrong about the head of a request is
 * refused here as a problem, so that no default of a library below or behind answers, logs, or is silent.
 */
public final class FrontDoor implements Handler<HttpServerRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);
    /** Of a body behind a head that is refused, read for nothing to keep the connection. */
    private static final long DISCARD = 1 << 16;

    private final Handler<HttpServerRequest> inside;

    private FrontDoor(Handler<HttpServerRequest> inside) {
        this.inside = inside;
    }

    /** @return the same server */
    public static HttpServer of(HttpServer server, Handler<HttpServerRequest> inside) {
        return of(server, inside, connection -> {});
    }

    /**
     * Vert.x puts a handler of its own before the one of requests, which answers 501 to a version that it does not know; on
     * each connection it is replaced.
     *
     * @param came told of each connection
     * @return the same server
     */
    public static HttpServer of(HttpServer server, Handler<HttpServerRequest> inside, Handler<HttpConnection> came) {
        FrontDoor door = new FrontDoor(inside);
        return server.requestHandler(door)
                .invalidRequestHandler(FrontDoor::refuseUnread)
                .connectionHandler(connection -> {
                    if (connection instanceof HttpServerConnection own) {
                        own.handler(door);
                    }
                    came.handle(connection);
                });
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (request.version() == null) {
            Broken.end(request, bad("The version of HTTP is none that is spoken here (expected: HTTP/1.1)."));
            return;
        }
        if (request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            if (!isChunked(request)) {
                Broken.end(request, bad("Transfer-Encoding is something else than chunked, once, over HTTP/1.1."));
                return;
            }
            Broken.watch(request);
        }
        Problem fault = fault(request);
        if (fault != null) {
            Problems.refuse(request, fault, DISCARD);
            return;
        }
        try {
            inside.handle(request);
        } catch (RuntimeException unexpected) {
            LOG.error("request failed unexpectedly", unexpected);
            Problems.refuse(
                    request,
                    Problem.of(500, "internal", "Internal error", "Sluice failed; its log says why."),
                    DISCARD);
        }
    }

    /** Of anything else nobody knows where it ends, or what it holds (RFC 9112, sections 6.1 and 6.3). */
    private static boolean isChunked(HttpServerRequest request) {
        List<String> codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        return codings.size() == 1
                && codings.get(0).strip().equalsIgnoreCase("chunked")
                && request.version() == HttpVersion.HTTP_1_1;
    }

    private static @Nullable Problem fault(HttpServerRequest request) {
        String host = hostFault(request);
        if (host != null) {
            return bad(host);
        }
        String uri = request.uri();
        if (uri.indexOf('%') >= 0 && !isDecodable(uri)) {
            return bad("The path or the query holds a % that is not followed by two hex digits, or what is no UTF-8.");
        }
        return null;
    }

    /** RFC 9112, section 3.2. */
    private static @Nullable String hostFault(HttpServerRequest request) {
        List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
        if (hosts.size() > 1) {
            return "The Host header is given %d times (expected: once).".formatted(hosts.size());
        }
        if (hosts.isEmpty()) {
            return request.version() == HttpVersion.HTTP_1_1 ? "The Host header is missing." : null;
        }
        return request.authority() == null ? "The Host header is no host, with or without a port." : null;
    }

    private static boolean isDecodable(String uri) {
        byte[] decoded = new byte[uri.length()];
        int length = 0;
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c != '%') {
                decoded[length++] = (byte) (c < 0x80 ? c : '?');
                continue;
            }
            if (i + 2 >= uri.length()) {
                return false;
            }
            int high = Character.digit(uri.charAt(++i), 16);
            int low = Character.digit(uri.charAt(++i), 16);
            if (high < 0 || low < 0) {
                return false;
            }
            decoded[length++] = (byte) (high << 4 | low);
        }
        return Utf8.firstMalformed(decoded, 0, length) < 0;
    }

    /** What the decoder gave up on: where the next request begins nobody knows, so the connection ends. */
    private static void refuseUnread(HttpServerRequest request) {
        Broken.end(request, unread(request.decoderResult().cause()));
    }

    private static Problem unread(@Nullable Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return Problem.of(
                    414,
                    "uri-too-long",
                    "URI too long",
                    "The request line is too long (expected: at most 4096 bytes).");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return Problem.of(
                    431,
                    "headers-too-large",
                    "Headers too large",
                    "The headers are longer than http.maxHeaderBytes allows.");
        }
        return bad("The request line or a header cannot be read (expected: as in RFC 9112).");
    }

    private static Problem bad(String detail) {
        return Problem.of(400, "bad-request", "Bad request", detail);
    }
}
