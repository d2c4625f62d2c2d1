package dev.sluice.delivery.send;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.send.http.Request;
import dev.sluice.delivery.send.http.Transport;
import dev.sluice.event.Event;
import dev.sluice.subscription.Webhook;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request as a delivery is sent, marked as a test, and tells what went out. Nothing is stored and nothing is tried
 * again. Confined to the context that made it.
 */
public final class TestSender {
    /** What a receiver can tell a test by. */
    public static final String MARK = "sluice-test";

    private final Transport transport;
    private final Function<Transport, Sender> chain;

    TestSender(Transport transport, Function<Transport, Sender> chain) {
        this.transport = transport;
        this.chain = chain;
    }

    /**
     * What became of a test.
     *
     * @param headers name and value, in their order; secrets in the clear. Those of a request that was refused or got no
     *     token are as far as it got
     * @param body    as text; null, and no headers, if no request was written
     */
    public record Sent(
            List<Map.Entry<String, String>> headers,
            @Nullable String body,
            Answer answer) {}

    /** Never fails, as {@link Sender#send}. */
    public Future<Sent> send(Event event, Webhook webhook) {
        List<Request> written = new ArrayList<>(1);
        Transport marked = request -> {
            request.headers().set(MARK, "true");
            written.add(request);
            return transport.carry(request);
        };
        return chain.apply(marked).send(new Attempt(event, webhook, 1)).map(answer -> sent(written, answer));
    }

    /** What a delivery would send, but for what is made at the wire: an access token, the signature of a pair. Never fails. */
    public Future<Sent> write(Event event, Webhook webhook) {
        List<Request> written = new ArrayList<>(1);
        Transport nowhere = request -> {
            written.add(request);
            return Future.succeededFuture(new Answer.Status(200, null, null, "", Duration.ZERO));
        };
        return chain.apply(nowhere).send(new Attempt(event, webhook, 1)).map(answer -> sent(written, answer));
    }

    private static Sent sent(List<Request> written, Answer answer) {
        if (written.isEmpty()) {
            return new Sent(List.of(), null, answer);
        }
        Request request = written.get(0);
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        request.headers().forEach(header -> headers.add(Map.entry(header.getKey(), header.getValue())));
        return new Sent(headers, request.body().toString(StandardCharsets.UTF_8), answer);
    }
}
