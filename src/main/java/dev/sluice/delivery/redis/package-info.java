/**
 * Parked deliveries and dead letters in Redis: each change is one script, on Redis time, in one slot.
 *
 * <pre>
 *  RedisParking      what lanes and the ledger ask; {@code parked.lua} says what each key holds
 *   ├ Records          outcomes as the records of {@code delivery-write.lua}
 *   ├ ClaimReader      what {@code delivery-claim.lua} answers
 *   ├ Packed           an event as one field, deflated
 *   ├ Bodies           the data of large events, once for each event and shard
 *   ├ Holdings         what this pod holds, and whether Redis may have lost it
 *   └ Orphans, OwnLives  what lives that are over had claimed; in which life this pod claims
 *  DeliveryFields    a delivery as a hash
 *  RedisDeadLetters, RedisDeliveries (WaitingDeliveries, Ended), RedisRedelivery   what people ask
 *  RedisRateLimits, RedisPaces, RedisWebhookStates, RedisBacklogs                 what is known of webhooks
 * </pre>
 *
 * <h2>A large event lies there once</h2>
 *
 * One event that waits for many webhooks is written once to each shard: its data is a key of its own, and beside it is a sorted set of the
 * deliveries that have it, those that are parked without end, dead letters with the time at which they are forgotten. Its
 * greatest score is when the data goes: never, then, or now if nobody is left. Each step that a delivery takes sets or removes its
 * own member, so that a step that is repeated changes nothing, and none can be counted twice.
 *
 * <p>Nobody knows whether the data is there but Redis. So the ledger takes it for being there; a script that does not find it
 * does nothing and says so, the data is set with an end of a minute, if nobody else did meanwhile, and the script goes again. It is set
 * and read by plain commands, not by scripts, which copy what passes through them two or three times.
 *
 * <p>Rejected: a count of deliveries, which cannot be set right again once it is wrong, and would lose data that is needed. To
 * remember in the pod what it has brought: a FLUSHALL, a failover and other pods' deliveries make that wrong, and it grows. One
 * body for all shards: no script reaches two slots. Small events, too: the two keys are some 300 bytes and several steps.
 *
 * <h2>A small event is one field, deflated</h2>
 *
 * A hash costs some 50 bytes a field, and a dozen of them more than an event of 1 KiB does. What is said of the event is therefore one
 * field, deflated with a dictionary; what changes or is asked of Redis are fields of their own. Rejected: one string, which is
 * 230 bytes less: each script would read and write the event to change a number. To deflate large data, too: 0.2 ms of an event
 * loop for 64 KB of JSON, which is not bounded at a megabyte, and it is kept once. What is parked counts as much as it takes; of data by itself all that have it count all of it, since the last
 * of them keeps it.
 */
@NullMarked
package dev.sluice.delivery.redis;

import org.jspecify.annotations.NullMarked;
