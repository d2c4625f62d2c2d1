/**
 * What Sluice costs, measured beside what it cannot cost less than.
 *
 * <h2>How it measures</h2>
 * <ul>
 *   <li>Every part is a process of its own, on loopback: Redis, the gateway, the receiver, the load, endpoints that
 *       misbehave, and for each floor the bare program ({@link dev.sluice.bench.worker}). The cost of a delivery is the CPU
 *       time that a process used over a run, as the operating system counts it, divided by the deliveries of the run; wall
 *       time says little where all of them share the processors.
 *   <li>Each {@link dev.sluice.bench.scenario.Scenario} is warmed up first, then all are measured in turn, several rounds
 *       of it, so that whatever disturbs the machine disturbs the floors too; ratios are taken round by round. Those that
 *       leave much behind come after, each alone.
 *   <li>A run counts from the first request to the arrival of the last delivery of what was accepted, so no backlog is left
 *       out, and {@link dev.sluice.bench.trial.Ledger} holds that everything accepted arrived: else the benchmark fails and
 *       its figures are void.
 *   <li>Latencies are of runs at a fixed rate only. Requests are due by the clock, whether answers come or not, and what
 *       is sent late counts from when it was due: a stall is felt by all that it delayed. A run as fast as answers come
 *       slows down with the gateway, so it tells no latency (coordinated omission).
 *   <li>{@link dev.sluice.bench.sweep} follows the cost over three decades of size, and fits the exponent.
 * </ul>
 *
 * <h2>What not to conclude</h2>
 * <ul>
 *   <li>Events a second are of a machine whose processors are shared with load, receiver and Redis; a gateway that has
 *       them for itself does more. CPU a delivery carries over, and it is lower the fuller the batches are, so it is
 *       higher at half load.
 *   <li>The floor is of the same stack, not of what a computer can do; and it has no signature, no history, no
 *       guarantee.
 *   <li>Loopback has no latency, no loss and no TLS, and the receiver answers at once.
 *   <li>One pod: nothing here is about how pods share the work.
 *   <li>The quick and the smoke form are cold; their ratios are wrong by a factor, and no budget is judged by them.
 * </ul>
 *
 * <p>A new scenario is a class that implements {@link dev.sluice.bench.scenario.Scenario}, and a line in
 * {@link dev.sluice.bench.scenario.Catalog}. {@code lab} starts and asks processes, {@code trial} makes runs and keeps what
 * they gave, {@code report} writes it.
 */
@NullMarked
package dev.sluice.bench;

import org.jspecify.annotations.NullMarked;
