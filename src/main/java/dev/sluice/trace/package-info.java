/**
 * Spans of sampled events, exported by OpenTelemetry's protocol. Off, none of it is there: {@link dev.sluice.trace.Tracing#OFF}
 * hands each stage back as it is.
 *
 * <h2>How it works</h2>
 * <pre>
 *  ingest   ─ TracedAppends ─┐                          every second, or when a batch is full
 *  fan-out  ─ TracedFanout ──┼─► SpanQueue ─► Exporter ─► Otlp (worker thread) ─► Collector ─► receiver
 *  delivery ─ TracedSender ──┘   8192, then    retries,
 *             (traceparent)      dropped       never waits for
 * </pre>
 * {@link dev.sluice.trace.Sampler} decides by the producer's flag, or else by the event's id. The ids of the spans above an attempt
 * are made of the event's id too ({@link dev.sluice.trace.Trace}): an attempt next week, by another pod, knows its parent, and neither
 * the journal nor Redis nor the bus holds anything for it. The event is as the producer sent it, its {@code traceparent} included,
 * which is the trace of the event's beginning and not of its way (CloudEvents, distributed tracing extension); what changes is the
 * header of each delivery.
 *
 * <h2>What it costs</h2>
 * Off: a call of an empty method for each event of the fan-out, a null that is looked at for each attempt, and no byte: an
 * {@code Attempt} has room for one more reference. On, for an event that is not sampled: a look at its attributes and a hash of 27 characters
 * at each of the three places.
 *
 * <h2>What is bounded</h2>
 * Spans that wait, and how long what they say may be; one request at a time; the body of an answer is not kept. The drain waits for the
 * receiver three seconds.
 *
 * <h2>Why not</h2>
 * <ul>
 *   <li>OpenTelemetry's SDK with its exporter: eleven jars and 1.4 MB for five messages of protobuf whose form is frozen. Its batches
 *       have a thread of their own and its sender a second client of HTTP with its threads; what its queue drops is told to its own
 *       meters alone, its failures to a third logger, and ids that follow from an event's are not what it is made for. {@code Otlp}
 *       was held against {@code opentelemetry-proto}, and is against the numbers of the specification in each build.
 *   <li>The tracing of Vert.x: it makes a span of each message and command, not of an event, and does not know what a lane is.
 *   <li>A {@code traceparent} of its own in the stored event: it would change what the producer sent, in the API and in the body of a
 *       delivery, and cost bytes of Redis for each event, sampled or not.
 *   <li>To throw dice: each pod would decide for itself, and traces have holes.
 *   <li>Logs and metrics by OTLP: Prometheus has the metrics, standard output the logs.
 * </ul>
 */
@NullMarked
package dev.sluice.trace;

import org.jspecify.annotations.NullMarked;
