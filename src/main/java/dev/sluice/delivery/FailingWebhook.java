package dev.sluice.delivery;

import java.time.Instant;

/** A webhook of which no pod delivered anything since then, though all kept trying. */
public record FailingWebhook(LaneKey lane, Instant since) {}
