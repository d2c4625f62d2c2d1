/**
 * The body of a delivery as a JSONata expression makes it, for the webhooks that have one.
 *
 * <h2>How it works</h2>
 *
 * <pre>
 *   event loop                                          threads of its own
 *   Composer ─► Transforms ─► Line of the webhook ─turn─► Expression: JsonTree ─► evaluator ─► JsonOutput
 *      ▲                      one evaluation at a time                  hooks: Budget, Weights, Regex
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
 *   <li>Time ({@code delivery.transform.timeout}): checked whenever the evaluator enters a part of the expression, by the
 *       functions that loop or call the library's own, and by the text that a regular expression reads. So a recursion
 *       without end, a map over millions and a pattern that backtracks for ever all end.
 *   <li>Depth ({@code maxDepth}), and a full stack beyond it.
 *   <li>Size: an event of 1 MiB, a result of {@code maxOutputBytes}, and every value in between, walked as a tree, of 8 Mi
 *       characters and elements. {@code $pad}, {@code $join} and {@code $replace} measure before they make.
 *   <li>Memory: 256 MiB allocated by the thread, garbage included.
 *   <li>{@code $eval} is not there: what it reads could not be looked at when the webhook was saved.
 *   <li>Reading the expression itself: {@code TransformSyntax} of the subscription.
 * </ul>
 *
 * <p>What the library does in one step with values of that size is not interrupted; neither is the regular expression that
 * {@code $toMillis} makes of a picture, whose length is bounded instead. Should a step take far longer than the timeout,
 * the webhook is answered without it and its thread replaced, at most four times; the others go on.
 *
 * <h2>Why not</h2>
 *
 * <p>Why not the library's {@code setRuntimeBounds}: it does not look into the second element of an array and those after
 * it, and its hooks cannot see what a native function does. Why not {@code Pattern} and a thread to interrupt: matching
 * does not look at the interrupt flag, and a thread cannot be stopped.
 *
 * <p>Why not remember the result for the event: each webhook has its own expression, and of a retry nobody knows whether
 * it comes in this pod.
 */
@NullMarked
package dev.sluice.delivery.send.transform;

import org.jspecify.annotations.NullMarked;
