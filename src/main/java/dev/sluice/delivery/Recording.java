package dev.sluice.delivery;

import java.util.function.Consumer;

/** Opens the history of one event loop. */
@FunctionalInterface
public interface Recording {
    /** @param failing told of a webhook that has failed too long, until it is disabled */
    History open(Consumer<FailingWebhook> failing);
}
