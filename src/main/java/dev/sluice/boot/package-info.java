/**
 * Puts a pod together, starts it in order, and drains it in order. The only package that knows all others; nothing
 * depends on it.
 *
 * <h2>How it works</h2>
 * <pre>
 * Pod ──► Storage   the Redis (embedded or not) and the key of the secrets
 *  │  ──► Ground    Vert.x, settings, bus, connections to Redis ({@code Channels}, {@code Links})
 *  │  ──► Known     what Redis tells first: {@code Caches} of webhooks, keys and sources; the installation
 *  │  ──► Launch ─► {@code Stages} behind ingest, {@code Api} before them, each on every loop ({@code Loops})
 *  └───► Drain ◄── is told of each of these as it starts, and ends them the same way back
 * </pre>
 * Each stage is deployed with one instance for each event loop, and all deployments go round the loops in the same
 * order, so that the instances of one number share a loop: an event is read from its socket and appended on one thread, and
 * read by a fan-out (any, of any pod) and often delivered on one. Only a lane that lives on another loop makes it change.
 *
 * <h2>How a pod ends</h2>
 * {@link dev.sluice.boot.DrainStep} lists the steps. Clients go first: they are told with their next answer and served until
 * then, streams get a last line. Then nothing more is read, lanes finish their attempts and park the rest, and what is not
 * settled goes back to the journal for other pods. All of it shares one budget, {@code runtime.drainTimeout}, from the
 * signal to the end of the process; a step that hangs is left at its mark, with what it left said in the log.
 *
 * <h2>Why not</h2>
 * <ul>
 * <li>a budget for each step: their sum is what whoever sends SIGTERM has to wait, and what one leaves is lost to the
 *     others. Marks of the whole have neither fault.
 * <li>503 from the first moment: a client that keeps its connection would have every event refused until it connects anew,
 *     though the journal is as durable as before. It is served, and told to go.
 * <li>listening last: a pod whose port is taken has read events by then, which nobody delivers until others claim them. The
 *     listener is bound before anything is read, answers 503 until all is there, and opens last.
 * </ul>
 */
@NullMarked
package dev.sluice.boot;

import org.jspecify.annotations.NullMarked;
