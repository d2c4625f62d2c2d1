package dev.sluice.delivery.send.http;

import dev.sluice.delivery.policy.Answer;
import io.vertx.core.Future;

/** Carries a written request to its endpoint. Confined to one event loop, as are those that wrap it. */
@FunctionalInterface
public interface Transport {
    /** What can go wrong with an endpoint is an answer; a failed future is a fault of our own. */
    Future<Answer> carry(Request request);
}
