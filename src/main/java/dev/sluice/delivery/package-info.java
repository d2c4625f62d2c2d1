/**
 * Deliveries at the pace that each endpoint can take.
 *
 * <h2>How it works</h2>
 *
 * Each webhook has one {@link dev.sluice.delivery.Lane} on each pod that works for it: a bounded queue, a window of
 * attempts in flight, a circuit. A lane only decides; {@link dev.sluice.delivery.Lanes} acts. What a lane cannot take or
 * may not run now is parked in Redis, and whatever becomes of a delivery is written by the
 * {@link dev.sluice.delivery.Ledger}, which goes on until Redis has it. A parked delivery belongs to nobody: each pod
 * looks for webhooks whose lane may run again ({@code wake}), and claims from their parked deliveries ({@code due}) as
 * many as its own lane has room for.
 *
 * <h2>How much a lane may hold</h2>
 *
 * Deliveries in lanes hold the credit of the fan-out, so a lane that does not move must not hold much of it, and one
 * that moves must not be made to park what it would have sent a moment later. A lane may hold what it finished in the
 * last second, or a share of what is free, whichever is more; see {@link dev.sluice.delivery.Share}.
 *
 * <h2>Why not a timer for each retry</h2>
 *
 * Timers die with the pod and cost memory for each delivery that waits. A parked delivery costs memory in Redis only,
 * and any pod can take it up.
 */
@NullMarked
package dev.sluice.delivery;

import org.jspecify.annotations.NullMarked;
