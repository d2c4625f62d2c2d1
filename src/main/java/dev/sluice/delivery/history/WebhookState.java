package dev.sluice.delivery.history;

import java.util.Optional;

/**
 * How a webhook does.
 *
 * @param standing empty while nothing was ever sent to it
 * @param parked   deliveries that wait
 * @param pace     empty where the endpoint refused nothing lately
 */
public record WebhookState(Optional<Standing> standing, long parked, long deadLetters, Optional<KnownPace> pace) {}
