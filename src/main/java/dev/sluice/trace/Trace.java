package dev.sluice.trace;

import dev.sluice.event.EventId;
import dev.sluice.event.TraceContext;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The trace of an event that is sampled. The ids of its spans follow from the event's own, so every pod knows them at any time,
 * and nothing of them is stored.
 *
 * @param high     of the trace's id
 * @param low      of the trace's id
 * @param producer the span in which the producer sent it; 0 if it said none
 * @param ingest   the span in which it was taken in, above all that follow
 * @param state    the producer's {@code tracestate}, or null
 */
public record Trace(
        long high,
        long low,
        long producer,
        long ingest,
        @Nullable String state) {
    private static final HexFormat HEX = HexFormat.of();
    private static final long HIGH = 1;
    private static final long LOW = 2;
    private static final long INGEST = 3;
    private static final long FANOUT = 4;

    static Trace begunBy(TraceContext producer, EventId event) {
        String parent = producer.parent();
        return new Trace(
                HexFormat.fromHexDigitsToLong(parent, 3, 19),
                HexFormat.fromHexDigitsToLong(parent, 19, 35),
                HexFormat.fromHexDigitsToLong(parent, 36, 52),
                Mix.of(INGEST, event.text()),
                producer.state());
    }

    static Trace begunHere(EventId event) {
        String id = event.text();
        return new Trace(Mix.of(HIGH, id), Mix.of(LOW, id), 0, Mix.of(INGEST, id), null);
    }

    long fanout() {
        return Mix.of(FANOUT, ingest);
    }

    /** @param moment tells two attempts of the same number apart, of which one was lost with its pod */
    long attempt(String webhookId, int number, long moment) {
        return Mix.of(Mix.of(moment, webhookId) ^ number, ingest);
    }

    /** A part of a span. */
    static long part(long span, int ordinal) {
        return Mix.of(ordinal + 1L, span);
    }

    /** What goes on to whoever is called in this span. */
    TraceContext context(long span) {
        return new TraceContext("00-" + traceId() + "-" + HEX.toHexDigits(span) + "-01", state);
    }

    /** As W3C writes it. */
    public String traceId() {
        return HEX.toHexDigits(high) + HEX.toHexDigits(low);
    }

    /** Of the span above all that follow, as W3C writes it. */
    public String spanId() {
        return HEX.toHexDigits(ingest);
    }
}
