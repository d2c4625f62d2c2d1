package dev.sluice.delivery.send;

import dev.sluice.time.Ticker;
import dev.sluice.time.Timers;
import java.time.InstantSource;

/**
 * The time that senders go by.
 *
 * @param dates  for the timestamp that is signed
 * @param ticker for spans
 * @param timers of the context that sends
 */
public record Clocks(InstantSource dates, Ticker ticker, Timers timers) {}
