/**
 * The lane of one webhook on one pod: what waits for it here, what is under way, and what may start next. It decides, and
 * has no effects: {@code delivery.stage} does what it says.
 *
 * <pre>
 *  Offer ◄─ Lane ─► Step (Attempt, Yield, ...)
 *            ├ Waiting, BlockedKeys   a queue for each key, and the keys that wait in Redis
 *            ├ Throttle               circuit, window, rate limit, rest
 *            ├ Load                   what it holds of what all lanes share
 *            ├ Lease                  whether it is still its own
 *            ├ Claims                 what of it is parked in Redis, under a lease
 *            └ Evictions ─► Eviction  what of it has to wait in Redis
 * </pre>
 */
@NullMarked
package dev.sluice.delivery.lane;

import org.jspecify.annotations.NullMarked;
