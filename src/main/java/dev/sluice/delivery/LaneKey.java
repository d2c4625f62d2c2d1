package dev.sluice.delivery;

/** The webhook of a lane: its id and tenant. */
public record LaneKey(String webhookId, String tenant) {}
