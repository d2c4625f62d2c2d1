package dev.sluice.delivery.send;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Answer.Kind;
import dev.sluice.delivery.send.content.Content;
import dev.sluice.delivery.send.content.Contents;
import dev.sluice.delivery.send.content.JsonContent;
import dev.sluice.delivery.send.http.Endpoint;
import dev.sluice.delivery.send.http.Request;
import dev.sluice.delivery.send.http.Transport;
import dev.sluice.delivery.send.signature.Signer;
import dev.sluice.delivery.send.transform.Transformed;
import dev.sluice.delivery.send.transform.Transforms;
import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.event.Hops;
import dev.sluice.event.TraceContext;
import dev.sluice.time.Ticker;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Writes the request of an attempt and signs the bytes that it sends: those that a transformation made, where there is
 * one. Only then there is something to wait for. Confined to one event loop.
 *
 * <p>Of two headers with one name the earlier in this order stays, whatever their case: content, {@code webhook-*},
 * {@code sluice-*} and the trace; the attributes of a binary CloudEvent; what the source forces; the
 * signature of the body alone; the webhook's own; the defaults of the source; the producer's; and {@code user-agent} last,
 * which each of them may choose for itself. Where Sluice does not sign, the producer's {@code webhook-*} come before its
 * own; else they are called {@code original-webhook-*}.
 */
final class Composer implements Sender {
    private static final int MOST_ENDPOINTS = 4096;

    private final Transport transport;
    private final Endpoints endpoints = new Endpoints(MOST_ENDPOINTS);
    private final Contents contents = new Contents();
    private final ProducerHeaders producers = new ProducerHeaders();
    private final Transforms transforms;
    private final Manner manner;
    private final String userAgent;
    private final InstantSource clock;
    private final Ticker ticker;

    Composer(
            Transport transport,
            Transforms transforms,
            Manner manner,
            String userAgent,
            InstantSource clock,
            Ticker ticker) {
        this.transport = transport;
        this.transforms = transforms;
        this.manner = manner;
        this.userAgent = userAgent;
        this.clock = clock;
        this.ticker = ticker;
    }

    @Override
    public Future<Answer> send(Attempt plain) {
        long startedAt = ticker.nanos();
        Attempt attempt = dressed(plain);
        if (attempt.webhook().shape().transform() == null) {
            return send(attempt, contents.of(attempt.event(), attempt.webhook()), startedAt);
        }
        return transforms
                .apply(
                        attempt.webhook(),
                        () -> JsonContent.cloudEvent(attempt.event()).bytes())
                .compose(transformed -> transformed instanceof Transformed.Body body
                        ? send(attempt, JsonContent.of(body.json()), startedAt)
                        : Future.succeededFuture(unsent((Transformed.Failed) transformed, startedAt)));
    }

    private Attempt dressed(Attempt plain) {
        return plain.with(manner.dress(plain.event(), plain.webhook()));
    }

    private Future<Answer> send(Attempt attempt, Content content, long startedAt) {
        Endpoint endpoint = endpoints.of(attempt.webhook());
        MultiMap headers = headers(attempt, endpoint, content);
        return transport.carry(new Request(endpoint, headers, content.body(), ticker, startedAt, attempt.mayGoOut()));
    }

    private Answer unsent(Transformed.Failed transformed, long startedAt) {
        Duration took = Duration.ofNanos(ticker.nanos() - startedAt);
        return new Answer.Failure(Kind.TRANSFORM, transformed.detail(), took);
    }

    private MultiMap headers(Attempt attempt, Endpoint endpoint, Content content) {
        // These refuse a line break. The client below does too, but only when it holds a connection, which it then
        // loses.
        MultiMap headers = HttpHeaders.headers();
        headers.add("content-type", content.type());
        headers.add("content-length", content.length());
        addWebhookHeaders(headers, attempt, endpoint, content);
        content.addAttributes(headers);
        manner.forced(attempt.event()).forEach((name, value) -> addNew(headers, name, value));
        endpoint.addBodySignature(headers, content.bytes());
        endpoint.addOwnHeaders(headers);
        manner.defaults(attempt.event()).forEach(header -> addNew(headers, header.name(), header.value()));
        producers.addTo(
                headers, attempt.event(), content.isData(), endpoint.signer().isNone());
        addNew(headers, "webhook-id", attempt.event().id().text());
        addNew(headers, "user-agent", userAgent);
        return headers;
    }

    private void addWebhookHeaders(MultiMap headers, Attempt attempt, Endpoint endpoint, Content content) {
        Event event = attempt.event();
        Instant now = clock.instant();
        String id = event.id().text();
        String timestamp = Long.toString(now.getEpochSecond());
        Signer signer = endpoint.signer();
        if (!signer.isNone()) {
            headers.add("webhook-id", id);
            headers.add("webhook-timestamp", timestamp);
        }
        String signature = signer.isSlow() ? null : signer.sign(id, timestamp, content.bytes(), now);
        if (signature != null) {
            headers.add("webhook-signature", signature);
        }
        headers.add("sluice-attempt", Integer.toString(attempt.number()));
        headers.add(Hops.HEADER, Integer.toString(Hops.next(event)));
        addTrace(headers, attempt);
    }

    private static void addTrace(MultiMap headers, Attempt attempt) {
        Attributes attributes = attempt.event().attributes();
        TraceContext trace = attempt.trace() != null
                ? attempt.trace()
                : TraceContext.of(attributes.get(Attributes.TRACE_PARENT), attributes.get(Attributes.TRACE_STATE));
        if (trace != null) {
            headers.add("traceparent", trace.parent());
        }
        if (trace != null && trace.state() != null) {
            headers.add("tracestate", trace.state());
        }
    }

    private static void addNew(MultiMap headers, String name, String value) {
        if (!headers.contains(name)) {
            headers.add(name, value);
        }
    }
}
