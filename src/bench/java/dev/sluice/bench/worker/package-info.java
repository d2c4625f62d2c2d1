/**
 * The processes around the gateway: the load, the receiver, and the bare programs whose cost is the floor.
 *
 * <p>Each is a JVM of its own, so that its CPU time can be told from the others'. The benchmark talks to it through
 * {@link WorkerMain}: one JSON object a line in, one a line out, in turn. A worker stays up for the whole run, and so
 * stays compiled; it ends when its standard input does, and hence never outlives the benchmark.
 *
 * <p>A worker does its work on one event loop (the bare server on one for each processor, as the gateway does), and
 * nothing in it is shared between threads.
 */
@NullMarked
package dev.sluice.bench.worker;

import org.jspecify.annotations.NullMarked;
