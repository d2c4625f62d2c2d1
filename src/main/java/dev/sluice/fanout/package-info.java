/**
 * Event to deliveries: read, match, place, settle, acknowledge.
 *
 * <h2>How it works</h2>
 *
 * The fan-out holds credit: so many deliveries, and bytes of events, may be unsettled at once. It reads from the journal only what it
 * has credit for, so that nothing piles up between the stages. Lanes give every delivery back soon (delivered, or parked
 * in Redis), so credit returns whatever an endpoint does, and the fan-out never waits for a lane.
 *
 * <p>The verticle of each event loop holds two, with a credit of their own each: one for the free partitions of the journal,
 * one for its share of the keyed ones. Either places the events of a tenant in the order in which it read them. What was read
 * under a lease that is lost is forgotten without an acknowledgement, whatever the lanes say about it: the next holder
 * begins with it.
 *
 * <p>What the bus or a lane loses stays unsettled here; what this pod loses is claimed from its consumer by another, in its
 * {@code TakeOver}.
 */
@NullMarked
package dev.sluice.fanout;

import org.jspecify.annotations.NullMarked;
