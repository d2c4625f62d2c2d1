package dev.sluice.subscription;

import dev.sluice.bus.LocalMessage;
import java.util.List;

/**
 * Work for the lanes of one event loop, within the credit that fan-out holds.
 *
 * @param fanout the fan-out instance to tell when a delivery is settled
 */
public record Matches(int fanout, List<Match> matches) implements LocalMessage {}
