/**
 * What happened to deliveries, for people to look at, and what is known of a webhook as a whole.
 *
 * <h2>How it works</h2>
 *
 * The lanes tell a {@link dev.sluice.delivery.history.Recorder} of each attempt. Four times a second it writes what it
 * was told to the {@link dev.sluice.delivery.history.AttemptLog}, one script for each webhook and one write for all. The
 * log is a list of the latest attempts of each webhook, one JSON object a line, capped exactly; beside it stands the state
 * of the webhook: its last attempt, its circuit, and since when it only failed, on Redis' clock and over all pods.
 *
 * <p>Nothing waits for the history, and nothing fails with it: a delivery that must be tried again is parked with its own
 * history, and what Redis does not take in time is dropped here, oldest first, and counted.
 *
 * <p>Where the time of an attempt went is a text of letters, {@code "in":"f12b"} for one on a kept connection: 12 bytes of a line of
 * 160. Lines without it are of a version before, or of what was never on the wire.
 *
 * <h2>Why a list and not a stream</h2>
 *
 * An XADD for each attempt costs five times the CPU of an RPUSH of many, and a stream is trimmed about its cap, not at it.
 * Times and ids of entries, which a stream would add, are in the lines already. A webhook that gets more attempts in a
 * quarter of a second than are kept of it has only those written that will stay.
 */
@NullMarked
package dev.sluice.delivery.history;

import org.jspecify.annotations.NullMarked;
