/**
 * What Sluice costs, measured beside what it cannot cost less than.
 *
 * <p>How it works: every part is a process of its own, on loopback: Redis, the gateway, the receiver, the load, and for
 * each floor the bare program ({@link dev.sluice.bench.worker}). The cost of an event is the CPU time that a process
 * used over a run, divided by the events of the run; wall time says little where all of them share the processors.
 *
 * <p>Each {@link Scenario} is warmed up first, then all are measured in turn, several rounds of it, so that whatever
 * disturbs the machine disturbs the floors too; the ratio of gateway to floor is taken round by round. A run through the
 * gateway counts from the first request to the arrival of the last event that was accepted, so no backlog is left out,
 * and {@link Ledger} holds that everything accepted arrived: else the benchmark fails and its figures are void.
 *
 * <p>A new scenario is a class here that implements {@link Scenario}, and a line in {@link Bench}.
 */
@NullMarked
package dev.sluice.bench;

import org.jspecify.annotations.NullMarked;
