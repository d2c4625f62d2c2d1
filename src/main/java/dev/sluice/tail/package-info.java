/**
 * What happens now, for whoever looks: events, attempts, and changes of circuits, of all pods, as a stream.
 *
 * <h2>How it works</h2>
 * <pre>
 *  ingest ─► TailedAppends ──┐  told only while          ┌─ reads what is new, four times a second
 *                            ├─► Tail ─► TailStore ─► TailReader ─► TailListener: one request to /v1/tail
 *  history ─► TailedAttempts ┘  somebody looks   (Redis)
 * </pre>
 * A pod that has a listener says every few seconds in Redis that somebody looks; each pod asks once a second whether somebody
 * does, and tells only then. So nothing is written, and nothing is asked of the hot path but one flag, while nobody looks.
 *
 * <h2>What is bounded</h2>
 * A pod tells {@value dev.sluice.tail.Tail#MOST} lines a quarter of a second, and says how many it left out; Redis keeps the
 * latest ten thousand, for ten minutes; a pod has {@value dev.sluice.tail.TailReader#MOST_LISTENERS} listeners on each
 * event loop. One that reads slowly is not waited for: it goes on from where it was when it has room, and is read for by itself, as those
 * at one place are read for together. If what it has not seen was trimmed meanwhile it is told {@code missed}: the line at its
 * place is asked for too, and it is there as long as none behind it is gone.
 *
 * <h2>Why not</h2>
 * <p>Publish and subscribe: it keeps nothing, so a reader whose connection broke would not get what he missed.
 *
 * <p>Reading the lists of attempts: those of each webhook are apart, and thousands would be read for one line.
 */
@NullMarked
package dev.sluice.tail;

import org.jspecify.annotations.NullMarked;
