/**
 * Deterministic simulation of the fleet: pods of the real code on a model of Redis ({@link dev.sluice.sim.redis}), in one thread, on
 * one clock, by one seed. {@code mvn -P sim verify [-Dsim.seconds=N] [-Dsim.seed=S]} plays seeds for two minutes; every build plays
 * some. The same seed is the same story, in any process and whatever is played beside it, so a violation is told in steps and can be
 * looked at again.
 *
 * <pre>
 *  FleetTest, MutationsTest
 *   └ Runs ─► World         one run: busy and troubled for 20 s, then all is well until nothing is left to do, then it is judged
 *              ├ Scheduler    what happens next: steps by time, chance, the story
 *              ├ SimPod       what boot makes of a pod, of the real classes below the verticles
 *              │  ├ SimLoop, SimBus, CurrentContext   the Vert.x that these see
 *              │  └ SimLines, SimLine                 their links: late, cut, mute; the Lines of a RedisLink
 *              ├ SimServer    the Redis: waits of readers, restarts, failovers to a replica that is behind, WAIT
 *              ├ Endpoints    scripted: slow, failing, hanging, Retry-After
 *              ├ Troubles     what goes wrong, and when
 *              ├ Owners       who needs each key of Redis
 *              ├ Books, Deeds Redis agrees with itself each second; nobody reads under another's lease, or takes it
 *              └ Truth, SimTally   what happened really, and what must have
 * </pre>
 *
 * <p>In a pod are real: registry, journal with durability by a replica, retention, partitioning, readers of free and keyed
 * partitions with leases, lives and beats, fan-outs, lanes, exits, ledger, waker, recorder, rate limits and paces.
 *
 * <p>Troubles: a pod dies between any two of its turns, sleeps, drains, begins; a line is cut, mute, late; Redis restarts, fails over
 * and loses what no replica had, forgets its scripts; pods have wrong clocks; endpoints misbehave; webhooks are paused, resumed,
 * moved, deleted.
 *
 * <p>Held: what was accepted ends for each webhook that wants it; exactly once where nothing was wrong; the order of keys; nothing is
 * sent from a keyed partition that another pod reads; rate limits as documented; Retry-After; the delays of the schedule; of what
 * is parked the bytes and the chains; no key stays that nobody owns, and the data of a large event is there as long as any of its
 * deliveries; sums of deliveries, what fan-outs and lanes hold, and attempts in flight are back at zero.
 *
 * <h2>Not here yet</h2>
 * Replays and dead letters that are revived; ingest's HTTP side; several loops in a pod; a Redis that is full, a cluster, Sentinels; the
 * clock of Redis put back; doubled answers, which TCP does not bring.
 *
 * <h2>It bites</h2>
 * {@link dev.sluice.sim.Mutation} lists what is put in on purpose, most into scripts, the rest where a pod is made or meets endpoints.
 * Of 27 each is found within two minutes by whoever plays from the first seed on: half of them by seed 8, a purge that leaves bodies
 * by seed 81, an attempt that is not asked for before the wire by seed 178.
 *
 * <h2>What it costs</h2>
 * A seed is 49 s of a fleet on the average, 10 000 steps and 3 400 commands, and takes 0.12 s of a core, with what the JVM does first.
 * Two cores that are nobody else's would play about 2 000 in two minutes by that; beside five others that wanted them they played 758
 * in 110 s, beside fifteen 371 in 120. A quarter of it is LuaJ's interpreting, a sixth what scripts ask of the model; the rest is
 * spread thin over the pods.
 *
 * <h2>Found</h2>
 * An acknowledgement in a keyed partition that a failover lost was not written again while its reader kept the lease: the entry stayed
 * pending, held up the trimming of its partition, and was sent once more by whoever read there next. Seed 1244; see {@link
 * dev.sluice.journal.redis.KeyedJournalReader}.
 *
 * <p>Of large events, whose data lies by itself: a pod that stood still ended a delivery and parked it anew in one write, and the first
 * let the data go that the second needed (seed 769); and it parked what another pod had sent meanwhile, as it did not ask again when the
 * data had been brought (seed 1378). Both in {@code dev.sluice.delivery.redis.Bodies}.
 *
 * <p>Of the simulation itself: a pause asked for while the network was slow came behind its end, and the webhook stayed paused; a 429
 * was taken for a step of the schedule, so that the next delay seemed too short; and what pods heard of lives that are over was gone
 * through in an order that each process had for itself, as that of {@code Set.copyOf} is, so that a story could not be told again. And
 * {@code Deeds} looked for commands in capitals and got them in small letters: it saw nothing, until a lease that anybody takes was
 * not found.
 *
 * <h2>Why not</h2>
 * <ul>
 *   <li>A Vert.x of its own on an event loop with a false clock: what is between the code and its contexts would be simulated, too,
 *       at ten times the cost; nothing that decides is there.
 *   <li>The second compiler of the JVM: within two minutes it takes as much of the processor as the runs, which are hardly faster
 *       for it: 225 to 290 ms of processor a seed with it, 140 without, of the same code.
 *   <li>Random interleavings by threads: no story could be told twice.
 * </ul>
 */
package dev.sluice.sim;
