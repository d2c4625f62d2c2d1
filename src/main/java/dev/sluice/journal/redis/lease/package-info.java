/**
 * Who reads a keyed partition: one reader of all pods at a time, for as long as its lease is renewed.
 *
 * <pre>
 *  LeaseKeeper    takes, renews and gives back; acts
 *   ├ Leases      what one reader holds, and what it has to do about it; decides
 *   │  └ Lease    its hold on one partition, and how far it has read
 *   └ LeaseCommands   the leases as Redis keeps them, and the read that looks at one first
 *  Lessee         who holds them
 *  News           waits until something comes to what is held
 *  RedisLags      who holds what, and how far behind, for people
 * </pre>
 *
 * A free partition has many readers and no lease; what keeps their entries from others is how long each was idle ({@link
 * dev.sluice.journal.redis.lease.IdleTimes}).
 *
 * How the order of a key hangs on this is said where it is used: {@code KeyedJournalReader}.
 */
@NullMarked
package dev.sluice.journal.redis.lease;

import org.jspecify.annotations.NullMarked;
