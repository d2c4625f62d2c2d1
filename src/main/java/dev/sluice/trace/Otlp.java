package dev.sluice.trace;

import dev.sluice.delivery.policy.Split;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Spans in the form of OTLP 1, {@code ExportTraceServiceRequest} as protobuf. The numbers of the fields are those of
 * {@code opentelemetry/proto/trace/v1/trace.proto}, which are stable.
 *
 * @param resource what is said of the pod
 */
record Otlp(Map<String, Object> resource, String version) {
    static final String TYPE = "application/x-protobuf";

    private static final String SCOPE = "dev.sluice";
    private static final int INTERNAL = 1;
    private static final int ERROR = 2;
    /** The producer or whoever subscribed chose some of what is said. */
    private static final int MOST_CHARACTERS = 256;
    /** That the trace is sampled. */
    private static final int SAMPLED = 1;

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final Split.Part[] PARTS = Split.Part.values();

    Buffer encode(List<Span> spans) {
        Proto told = new Proto();
        resource.forEach((name, value) -> told.message(1, attribute(name, value)));
        Proto scope = new Proto().message(1, new Proto().text(1, SCOPE).text(2, version));
        spans.forEach(span -> write(scope, span));
        return new Proto()
                .message(1, new Proto().message(1, told).message(2, scope))
                .bytes();
    }

    private static void write(Proto scope, Span span) {
        Span.Place place = span.place();
        Proto written = head(place, span.step().text, span.step().kind, span.start(), span.end());
        span.said().forEach((name, value) -> written.message(9, attribute(name, value)));
        if (span.failed()) {
            written.message(15, new Proto().number(3, ERROR));
        }
        scope.message(2, written.fixed32(16, SAMPLED));
        writeParts(scope, span);
    }

    /** How long each part took is known, and their order: the last one ends where the attempt does. */
    private static void writeParts(Proto scope, Span span) {
        long end = span.end();
        for (int i = PARTS.length - 1; i >= 0; i--) {
            int ms = span.parts().of(PARTS[i]);
            if (ms != Split.NONE) {
                long start = Math.max(span.start(), end - ms * NANOS_PER_MILLI);
                Span.Place place = new Span.Place(
                        span.place().trace(),
                        Trace.part(span.place().id(), i),
                        span.place().id());
                scope.message(
                        2, head(place, name(PARTS[i]), INTERNAL, start, end).fixed32(16, SAMPLED));
                end = start;
            }
        }
    }

    private static Proto head(Span.Place place, String name, int kind, long start, long end) {
        Trace trace = place.trace();
        Proto head = new Proto().id(1, trace.high(), trace.low()).id(2, place.id());
        if (trace.state() != null) {
            head.text(3, trace.state());
        }
        if (place.parent() != 0) {
            head.id(4, place.parent());
        }
        return head.text(5, name).number(6, kind).fixed64(7, start).fixed64(8, end);
    }

    private static String name(Split.Part part) {
        return part.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Proto attribute(String name, Object value) {
        Proto any = value instanceof Long number
                ? new Proto().number(3, number)
                : new Proto().text(1, shortened(String.valueOf(value)));
        return new Proto().text(1, name).message(2, any);
    }

    private static String shortened(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS);
    }
}
