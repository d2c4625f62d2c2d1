/**
 * A model of Redis in this thread, for simulations: the commands that Sluice uses ({@link dev.sluice.sim.redis.ModelRedis}), and
 * its scripts as they are, run by LuaJ, so that they themselves are what is simulated.
 *
 * <p>It is as the real one, a 7.0, or it is wrong: two tests tell both the same by chance, commands and scripts, and hold the
 * answers and what is left against each other. Where the two tell times, these may be apart by what the machine needs between
 * them. Three scripts are left out there, since what they decide hangs on the clock to the millisecond, or on bytes of memory
 * ({@code life-beat}, {@code journal-trim}), or are no script by themselves ({@code parked}).
 *
 * <p>Simpler than the real one: a trim that need not be exact is exact, which is the worst that may happen; what it picks by
 * chance is what was added first; it is never full; it is no cluster.
 *
 * <h2>Why not</h2>
 * <ul>
 *   <li>The scripts written again in Java: it would be simulated what somebody took them for, and a mutation of a script would
 *       not be seen.
 *   <li>A real Redis with a false clock: its process is not deterministic, and takes a thousand times as long.
 * </ul>
 */
package dev.sluice.sim.redis;
