/**
 * How much happened, over time: what was accepted, what became of deliveries, how long they took. For charts, of a webhook
 * and of a tenant.
 *
 * <h2>How it works</h2>
 * <pre>
 *  lanes  ─► CountedHistory ─┐  one for each event loop    every five seconds
 *  ingest ─► CountedAppends ─┴─► Counter ─────────────────────────────────────► Statistics (Redis): {@link
 *                                 Sums of each webhook, and of its tenant        dev.sluice.statistics.redis}
 * </pre>
 * A sum has a short name: {@code d} delivered, {@code f} failed, {@code r} refused, {@code x} dead, {@code i} accepted,
 * {@code s503} a status, {@code etls} an error, {@code n2} second attempts, {@code t12} attempts of a length and {@code a12}
 * deliveries of an age ({@link dev.sluice.statistics.Scale}). So Redis, whoever reads and whoever writes need not agree on
 * which there are, and what did not happen takes no room.
 *
 * <h2>What is bounded</h2>
 * Sums of minutes are kept for a day, those of hours for a month; a webhook that does something in each minute of a
 * month takes 100 KB of Redis, one whose answers take all sorts of time 700 KB, and none more than 4 MB. Of one minute some
 * twenty statuses are told apart; others are {@code s0}. What Redis does not take is lost, and so is what a pod that dies did
 * not write, and what one accepted at its very end: nothing waits for a chart, and nobody is billed by it.
 *
 * <h2>What it costs</h2>
 * To count an attempt takes 0.15 µs of the event loop and 120 bytes, and 0.3 µs where a thousand webhooks take turns; to count
 * an accepted event 0.03 µs and 24 bytes (CPU time of five million turns around a {@link dev.sluice.statistics.Counter}, on two
 * cores that did other work too; a delivery takes 55 µs in all). Redis is called once for each webhook and for each tenant that
 * something happened to: with seven sums 70 µs of its CPU on those cores, where a script that does nothing takes 10. Were that
 * every five seconds however many webhooks have a little to do, it would be dearer than what else Redis does for their
 * deliveries; so each event loop calls it 13 times a second, up to 768 webhooks, and then once a minute for each, 70 times a
 * second for 4096: half of a hundredth of a core.
 *
 * <h2>Why not</h2>
 * <ul>
 *   <li>From the attempts that are kept: they are the latest of each webhook, minutes of one that is busy.
 *   <li>With each write of the history: four times a second for each webhook would cost Redis more than the attempts do.
 *   <li>A label for each webhook in the metrics: there may be a hundred thousand of them. Of the few that have most attempts there
 *       are some, where {@code management.topWebhooks} asks for them ({@link dev.sluice.statistics.TopWebhooks}, told on the way to
 *       Redis, so that it costs nothing for an attempt). By attempts, not failures: retries are attempts, so a webhook that fails is
 *       in the top by them, and whoever wants to know why a pod is busy finds it there. Of each pod's own, not of all pods' from Redis:
 *       a counter of a pod ends with it, and sums over pods are right; one that all pods told would be counted twice.
 *   <li>How much waits, over time: that is a level, not a sum. What changes it is not counted here (a paused webhook takes
 *       deliveries without an attempt), so each webhook that has something parked would have to be looked at each minute, whether
 *       or not anything happens to it. The metrics have the levels of all ({@code sluice_deliveries_waiting}).
 *   <li>Keys by Redis' clock: their names must be known before a script runs. A minute is that of the pod's clock.
 * </ul>
 */
@NullMarked
package dev.sluice.statistics;

import org.jspecify.annotations.NullMarked;
