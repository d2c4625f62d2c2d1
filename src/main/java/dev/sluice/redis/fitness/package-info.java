/**
 * Whether Redis is the one that it was and can hold what is promised.
 *
 * <pre>
 *  RedisProbe    one look before a pod relies on it; Refusal says in a line what is wrong
 *  Checkup       one server for a person, SentinelCheckup one of those that watch it
 *  FitnessWatch  a look twice a second: a Pulse, and an Examination of each server
 *   └ Fitness    what keeps Redis from what is promised (Needs), of one server and of all together
 * </pre>
 *
 * <p>In a cluster, masters that cannot be reached keep nobody from the others: readiness stays, and says in its body which
 * part is away. Anything else that makes one server unfit closes ingest, since every event may have a delivery there.
 */
@NullMarked
package dev.sluice.redis.fitness;

import org.jspecify.annotations.NullMarked;
