package dev.sluice.subscription;

import dev.sluice.event.Event;
import java.util.List;

/**
 * An event and the webhooks that want it, of those whose lanes live on one event loop.
 *
 * @param ticket names the event in the {@link dev.sluice.event.Settled} answers, to the fan-out instance that sent it
 * @param epoch  0 for an event without ordering key. Else the number, unique in this process, of the lease under which
 *               the event's keyed partition was read: events of one key and epoch come in order, and a new epoch begins
 *               with everything that was not settled in the former. The pod may lose the lease before a lane gets to the
 *               event, which then must not be attempted any more
 */
public record Match(long ticket, Event event, List<Webhook> webhooks, long epoch) {
    /** Of an event without ordering key. */
    public Match(long ticket, Event event, List<Webhook> webhooks) {
        this(ticket, event, webhooks, 0);
    }
}
