/**
 * What goes wrong behind the scenes, where nobody waits for an answer.
 *
 * <h2>How it works</h2>
 * An {@link dev.sluice.fault.Outage} passes: Redis is away, whoever watches the connection has said so, and all who need
 * it try again soon. Everything else is a fault: a record that is broken, a key of another type, an error of ours. It
 * may last for ever, so it is tried again ever more rarely ({@link dev.sluice.fault.Again}), logged once when it begins
 * and once when it is over, and counted ({@code sluice_faults_total}).
 *
 * <p>One record that cannot be read never fails the others: {@link dev.sluice.fault.Unreadables} leaves it out, names it
 * once, and counts it ({@code sluice_records_unreadable_total}). What it stood for waits.
 *
 * <h2>Why not</h2>
 * <ul>
 *   <li>A log line for each attempt: with five attempts a second the first line is gone in a minute.
 *   <li>To give up after so many attempts: what waits is somebody's event; a person can mend what is broken meanwhile.
 *   <li>To report the pod as not ready: a bad record is in Redis, so all pods would leave at once, for one tenant.
 * </ul>
 */
@NullMarked
package dev.sluice.fault;

import org.jspecify.annotations.NullMarked;
