package dev.sluice.event;

/**
 * What a producer gets for an event that is durable.
 *
 * @param duplicate true if the event was accepted before, within the idempotency window, under this id
 */
public record Receipt(EventId id, boolean duplicate) {}
