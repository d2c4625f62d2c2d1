/**
 * What can be seen from outside: meters, health, logs. Depends on the listener interfaces of the stages, never the other
 * way round.
 *
 * <h2>Exemplars</h2>
 * Where events are traced, the registry is one that asks for the trace of what it records; where none is, it is the plain one, and
 * nobody asks. They name the span of ingest, which is known wherever the event is, and not the attempt's: who follows it sees them
 * all. They are in OpenMetrics alone, which is given to whoever asks for it where events are traced; elsewhere it would say the same as
 * plain text, at more length.
 */
@NullMarked
package dev.sluice.telemetry;

import org.jspecify.annotations.NullMarked;
