package dev.sluice.delivery.send;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.send.http.Request;
import dev.sluice.delivery.send.http.Transport;
import dev.sluice.delivery.send.signature.Signer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.concurrent.Callable;

/**
 * Has slow signatures made by the worker threads; what is quick to sign was signed by {@link Composer}. How many wait for
 * a worker is bounded by the attempts that are under way.
 */
public final class SigningTransport implements Transport {
    private final Transport next;
    private final Vertx vertx;

    SigningTransport(Transport next, Vertx vertx) {
        this.next = next;
        this.vertx = vertx;
    }

    @Override
    public Future<Answer> carry(Request request) {
        Signer signer = request.endpoint().signer();
        if (!signer.isSlow()) {
            return next.carry(request);
        }
        String timestamp = request.headers().get("webhook-timestamp");
        Callable<String> signature = signer.prepare(
                request.headers().get("webhook-id"),
                timestamp,
                request.body().getBytes(),
                Instant.ofEpochSecond(Long.parseLong(timestamp)));
        return vertx.executeBlocking(signature, false).compose(signed -> {
            if (!signed.isEmpty()) {
                request.headers().set("webhook-signature", signed);
            }
            return next.carry(request);
        });
    }
}
