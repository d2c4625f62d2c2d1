package dev.sluice.event;

import dev.sluice.bus.LocalMessage;

/** This pod is about to end: take no more work from the journal. */
public record Drain() implements LocalMessage {}
