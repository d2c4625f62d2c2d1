/**
 * What each purpose may hold of the heap, and of the direct memory.
 *
 * <h2>How it works</h2>
 *
 * {@link dev.sluice.memory.MemoryPlan} divides what the JVM has, once, at the start. Whoever holds bytes that a stranger
 * chose takes them out of a {@link dev.sluice.memory.Quota} first, or out of a part of one; where there is no room it
 * refuses (ingest, the API), reads no more (fan-out), parks (lanes) or waits for others to end (the wire). So what is in
 * memory is bounded by the plan, whatever comes, however many webhooks there are and however slow anybody reads.
 *
 * <p>The parts are of the smaller of heap and direct memory: every byte on its way into a socket is in direct memory for
 * a while. They are counted in bytes of events, and each byte of an event is in memory more than once:
 * <pre>
 *  purpose  | counted                             | in memory                                             | part
 *  ingest   | bodies until they are answered      | the body (twice while it grows), the command, what is | 1/24
 *           |                                     | written of it, and that again in direct memory        |
 *  window   | events until all deliveries settled | the event; while it is read, three times              | 1/16
 *  parked   | events that were claimed, or are    | the same                                              | 3/32
 *           | under way for long                  |                                                       |
 *  wire     | bodies under way, a third more, 16  | the body; 128 KiB of it in direct memory              | 1/8
 *           | KiB each, and what a transformation |                                                       |
 *           | may make                            |                                                       |
 *  writes   | deliveries on their way to Redis    | the command, what is written of it, and that again in | 1/48
 *           |                                     | direct memory                                         |
 *  answers  | bodies of the API, both ways        | the body, as text or tree, and in direct memory       | 1/24
 * </pre>
 * As they are counted the parts are far less; as they are in memory, with what is there more than once, a bit more than half
 * of the heap when all is taken at once. The rest is for the indexes of webhooks,
 * transformations (a quarter of the heap, see {@code delivery.send.transform}), and the garbage between two collections.
 *
 * <h2>Why not</h2>
 *
 * <p>Settings for each: nobody can choose them but by this table, and their sum has to fit. Only the window, which trades
 * memory for throughput, may be set smaller.
 *
 * <p>Watching the heap and refusing when it fills: it is full of garbage most of the time, and when it is not, it is too
 * late.
 */
@NullMarked
package dev.sluice.memory;

import org.jspecify.annotations.NullMarked;
