package dev.sluice.boot;

import dev.sluice.telemetry.Telemetry;
import java.util.Locale;

/**
 * What a drain ends, in this order, and the share of its budget at whose end it goes on to the next, done or not. The
 * marks are of the whole, so that what one step leaves is there for those behind it.
 */
enum DrainStep {
    /** Clients are told to go, and get the answers to what they asked. */
    REQUESTS(0.25),
    /** Nothing more is taken from the journal. */
    READING(0.28),
    REPLAYS(0.32),
    /** The longest: an attempt may take as long as its endpoint. */
    DELIVERIES(0.88),
    /** What is not settled goes back to the journal, for other pods. */
    FANOUT(0.92),
    JOURNAL(0.93),
    /** One that goes on: the stages are not there yet. */
    WARM_UP(0.935),
    LISTENER(0.94),
    HEALTH(0.95),
    /** Spans of all that was ended before. */
    TRACES(0.955),
    REDIS(0.96),
    EVENT_LOOPS(0.98),
    STORAGE(1.0);

    private final double mark;

    DrainStep(double mark) {
        this.mark = mark;
    }

    double mark() {
        return mark;
    }

    /** What is given up if the step does not end in time. */
    String left(Telemetry telemetry) {
        return this == DELIVERIES ? telemetry.attemptsInFlight() + " attempts under way" : "";
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
