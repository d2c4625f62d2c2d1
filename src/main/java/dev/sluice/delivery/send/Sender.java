package dev.sluice.delivery.send;

import dev.sluice.delivery.policy.Answer;
import io.vertx.core.Future;

/** Makes an attempt. Confined to the event loop that made it. */
@FunctionalInterface
public interface Sender {
    /** Completes within the webhook's timeout; never fails and never throws. */
    Future<Answer> send(Attempt attempt);
}
