/**
 * How much one lane may hold of what it shares with all others. Pure Java; decides, and counts.
 *
 * <pre>
 *   Lane ── Holding ──┬─ Pot of a fan-out's window      deliveries from the journal, queue and flight together
 *            Pace     ├─ Pot of what Redis has          claimed, or written down while under way
 *                     └─ Quota of the wire             bodies under way, over all webhooks
 *                          Pots: one set for the pod      Share: the rule for one lane
 * </pre>
 *
 * A delivery is in one pot at a time, by its origin, with the bytes of its event; while it is under way its body counts on
 * the wire besides, since each attempt has a body of its own. What a lane may not hold is parked; what may not go on the
 * wire waits in its lane until another attempt ends.
 *
 * <p>The windows are bounded by the fan-outs, which read no more than they have credit for; the other two here, by what
 * lanes may claim and start. The last quarter of the wire, and of the bytes of what Redis has, is for lanes whose endpoint
 * took what it got last: however many endpoints hang, one that answers finds room.
 *
 * <p>Nothing that waits for one pot may hold another for good. What waits for the wire gives back what it holds of a pot
 * that is full, and what is on the wire is counted with what Redis has, in which there is room for all of it.
 */
@NullMarked
package dev.sluice.delivery.share;

import org.jspecify.annotations.NullMarked;
