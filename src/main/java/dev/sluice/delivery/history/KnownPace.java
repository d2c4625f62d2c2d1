package dev.sluice.delivery.history;

import java.time.Instant;

/**
 * The pace that an endpoint was found to take, over all pods.
 *
 * @param since the refusal at which it was found
 */
public record KnownPace(double perSecond, Instant since) {}
