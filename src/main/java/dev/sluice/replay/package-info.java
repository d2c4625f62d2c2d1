/**
 * Sends a webhook past events again: those of a time range which it would get by its present settings.
 *
 * <h2>How it works</h2>
 *
 * A {@link dev.sluice.replay.Replay} is a job in Redis. Each pod looks for one that is due, once a second, and leases it;
 * while it works ({@link dev.sluice.replay.ReplayRunner}) it puts the end of the lease off, and when it dies the job is due
 * again. The way through the journal is cut into steps ({@link dev.sluice.replay.Course}): read some events of a
 * partition, keep what the webhook wants, and put deliveries of them where deliveries wait. They are due at once, and from
 * there on like any other: rate limit, circuit, order and retries are the lanes' business.
 *
 * <p>How far a replay is stands beside the webhook's parked deliveries and is written by the same script, which does
 * nothing if the replay is not where the step begins. So a step counts once, whoever dies in the middle of it and whoever
 * repeats it; the lease only saves work, and two pods that both believe to have it do no harm. This is what keeps the
 * order of an ordered webhook: a step made twice would send an old event of a key after its younger ones.
 *
 * <h2>Why not</h2>
 *
 * <p>Why not write the deliveries, then the position: what had been delivered between a write and a crash would be sent
 * again, and behind what followed it. Why not through the fan-out, as if the events came anew: all webhooks would get
 * them, and live events would wait behind them.
 */
@NullMarked
package dev.sluice.replay;

import org.jspecify.annotations.NullMarked;
