package dev.sluice.trace;

import dev.sluice.delivery.policy.Split;
import java.util.Map;

/**
 * One stretch of work, as it is exported. It holds nothing of the event's data.
 *
 * @param start in nanoseconds since 1970, as {@code end}
 * @param said  strings and whole numbers by their names
 * @param parts those of an attempt, which are spans below it
 */
record Span(Place place, Step step, long start, long end, Map<String, Object> said, boolean failed, Split parts) {
    /** @param parent 0 for none */
    record Place(Trace trace, long id, long parent) {}

    /** With the kind that OpenTelemetry has for it. */
    enum Step {
        INGEST("ingest", 2),
        FANOUT("fanout", 1),
        ATTEMPT("attempt", 3);

        final String text;
        final int kind;

        Step(String text, int kind) {
            this.text = text;
            this.kind = kind;
        }
    }
}
