package dev.sluice.delivery.send;

import dev.sluice.bus.Home;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.send.http.Endpoint;
import dev.sluice.delivery.send.http.Request;
import dev.sluice.delivery.send.http.Transport;
import dev.sluice.time.Ticker;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.io.FileNotFoundException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/** Small texts of others, such as certificates. Any thread may call; an answer comes back on the context of the caller. */
final class Pages {
    /** What is longer is cut, and no certificate then. */
    static final int MOST_BYTES = 16 * 1024;

    /** What stands at no such place; stores answer so that nobody learns what there is. */
    private static final Set<Integer> ABSENT = Set.of(403, 404, 410);

    private final Home home;
    private final Transport transport;
    private final Duration timeout;
    private final String userAgent;
    private final Ticker ticker;

    /** @param transport of the context that calls */
    Pages(Vertx vertx, Transport transport, Duration timeout, String userAgent, Ticker ticker) {
        this.home = Home.here(vertx);
        this.transport = transport;
        this.timeout = timeout;
        this.userAgent = userAgent;
        this.ticker = ticker;
    }

    Future<String> get(URI url) {
        return home.ask(() -> transport.carry(request(url))).compose(answer -> text(url, answer));
    }

    private Request request(URI url) {
        MultiMap headers = HttpHeaders.headers().add("user-agent", userAgent);
        return new Request(Endpoint.ofPage(url, timeout), headers, Buffer.buffer(), ticker, ticker.nanos());
    }

    private static Future<String> text(URI url, Answer answer) {
        if (answer instanceof Answer.Failure failure) {
            return Future.failedFuture("%s: %s".formatted(url.getHost(), failure.detail()));
        }
        Answer.Status status = (Answer.Status) answer;
        if (status.code() == 200 && !status.bodyCut()) {
            return Future.succeededFuture(status.excerpt());
        }
        String reason = "%s answered %d%s (expected: 200, and all of it)"
                .formatted(url.getHost(), status.code(), status.bodyCut() ? ", and not to its end" : "");
        return Future.failedFuture(
                ABSENT.contains(status.code()) ? new FileNotFoundException(reason) : new IllegalStateException(reason));
    }
}
