package dev.sluice.event;

import dev.sluice.bus.LocalMessage;
import java.util.List;

/** Deliveries that need the journal no more: delivered, parked in Redis, or dead. */
public record Settled(List<Settlement> settlements) implements LocalMessage {
    /** @param ticket the fan-out's number of the event */
    public record Settlement(long ticket, String webhookId) {}
}
