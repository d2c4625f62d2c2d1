/**
 * Has a pod work for itself before it is ready, so that its code is compiled when the first event comes.
 *
 * <h2>How it works</h2>
 * <pre>
 *  WarmUp ──► TwinSettings, Twin   a second pod in this process, on an embedded Redis of its own: who it is, what it may
 *    │                             reach, what it keeps; boot makes it
 *    ├──────► Load ─► Endpoint     producers that post events to the twin, and the endpoint that it delivers them to
 *    ├──────► Settling             whether the compiler still has much to do
 *    └──────► Hush                 what the twin logs
 * </pre>
 * The listeners are bound and probes are answered, but no stage runs yet and nothing is read. The twin listens on loopback
 * with a key that was made for it; Redis, metrics, history and log of the pod do not see it, and its folder is gone with it.
 *
 * <h2>Why not</h2>
 * <ul>
 * <li>the stages of the pod with an in-memory journal behind them: the compiler would put calls of the stand-ins in the place of
 *     those of the Redis client, and undo that with the first real event. What is warm must be what works later, RESP, scripts and
 *     epoll included.
 * <li>the pod's own Redis, with keys of another name: a pod that is killed meanwhile would leave them, and all the others would
 *     feel it, just when there is more to do.
 * <li>an archive of classes alone: it spares the loading, a third of the first five seconds, and the compiler's work is
 *     left.
 * </ul>
 */
@NullMarked
package dev.sluice.warmup;

import org.jspecify.annotations.NullMarked;
