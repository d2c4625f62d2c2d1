/**
 * The body of a delivery as a JSONata expression makes it, for the webhooks that have one.
 *
 * <h2>How it works</h2>
 *
 * <pre>
 *   event loop                                          threads of its own
 *   Composer ─► Transforms ─► Line of the webhook ─turn─► Expression: JsonTree ─► evaluator ─► JsonOutput
 *      ▲                      one evaluation at a time                  hooks: Steps, Budget, Weights
 *      └──────────── Transformed.Body or .Failed ◄──────────────────────────────┘
 * </pre>
 *
 * <p>{@code $} is the event as a structured CloudEvent, its data parsed. The result is sent as {@code application/json},
 * whatever kind of JSON it is; nothing and null are failures. The signature covers the result. An expression that fails
 * is a failed attempt, which the schedule repeats, since a person may mend it; the endpoint's circuit does not count it.
 *
 * <h2>Bounds</h2>
 *
 * <p>Whoever may create a webhook may write an expression, so it is held for hostile. All of these end as
 * {@link dev.sluice.delivery.send.transform.Transformed.Failed}, and have a test:
 *
 * <ul>
 *   <li>Time ({@code delivery.transform.timeout}): the clock's, or the work that was charged, whichever is more. Between two
 *       parts of the expression the clock is looked at; work that cannot be interrupted is charged before it is done. So
 *       an evaluation ends even where the clock stands still, as in {@code HostileExpressionsTest}.
 *   <li>Depth ({@code maxDepth}), and a full stack beyond it.
 *   <li>Size: an event of 1 MiB, a result of {@code maxOutputBytes}, and every value in between, walked as a tree, of 8 Mi
 *       characters. What makes long texts and lists measures before it makes.
 *   <li>Memory: 256 MiB allocated by the thread, garbage included, and a quarter of the heap for all threads together.
 *   <li>Functions: each of the library's has one of ours in its place; a test holds the two lists together, so that a new
 *       version brings none that nobody has looked at. Where the cost hangs on the length of the arguments, the library's
 *       is called after that was charged. Where it hangs on a number, a picture or a pattern, ours do it another way, or
 *       have a bound.
 *   <li>Regular expressions: linear, see {@code dev.sluice.jsonata}.
 *   <li>{@code $eval} is not there: what it reads could not be looked at when the webhook was saved.
 *   <li>Reading the expression itself: {@code TransformSyntax} of the subscription.
 * </ul>
 *
 * <p>Should an evaluation run on all the same, the webhook is answered without it, its thread is replaced, and it rests until
 * a minute after it ended. A tenant that has two such runs none; there are at most ten in all.
 *
 * <h2>Why not</h2>
 *
 * <p>Why not the library's {@code setRuntimeBounds}: it does not look into the second element of an array and those after
 * it, and its hooks cannot see what a native function does. Why not a thread to interrupt or to stop: the library does not
 * look at the interrupt flag, and a thread cannot be stopped. Why not a process of its own that can be killed: it costs a
 * second JVM in each pod, and still takes the time of everybody whose expression is in it.
 *
 * <p>Why not remember the result for the event: each webhook has its own expression, and of a retry nobody knows whether
 * it comes in this pod.
 */
@NullMarked
package dev.sluice.delivery.send.transform;

import org.jspecify.annotations.NullMarked;
