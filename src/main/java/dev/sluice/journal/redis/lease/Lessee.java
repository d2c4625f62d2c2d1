package dev.sluice.journal.redis.lease;

import dev.sluice.life.Epochs;
import dev.sluice.time.Ticker;
import dev.sluice.time.Timers;

/**
 * Who holds leases on keyed partitions.
 *
 * @param reader the name of one reader, never used before by any pod
 * @param epochs of the process
 */
public record Lessee(String reader, Epochs epochs, Ticker ticker, Timers timers) {}
