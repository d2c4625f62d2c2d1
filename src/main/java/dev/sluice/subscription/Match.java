package dev.sluice.subscription;

import dev.sluice.event.Event;
import java.util.List;

/**
 * An event and the webhooks that want it, of those whose lanes live on one event loop.
 *
 * @param ticket names the event in the {@link dev.sluice.event.Settled} answers, to the fan-out instance that sent it
 */
public record Match(long ticket, Event event, List<Webhook> webhooks) {}
