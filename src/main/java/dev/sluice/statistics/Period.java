package dev.sluice.statistics;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A stretch of time that ends now, in steps of a size that a chart can show. */
public enum Period {
    HOUR(Duration.ofMinutes(1), 60),
    DAY(Duration.ofMinutes(10), 144),
    MONTH(Duration.ofHours(6), 120),
    /** A day at a glance, of many webhooks at once: of an hour there is one sum to read, where a day has sixty. */
    GLANCE(Duration.ofHours(1), 24);

    private final Duration step;
    private final int steps;

    Period(Duration step, int steps) {
        this.step = step;
        this.steps = steps;
    }

    public Duration step() {
        return step;
    }

    public int steps() {
        return steps;
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Steps begin at round times; the last one is that of now. */
    public Instant since(Instant now) {
        long size = step.toMillis();
        return Instant.ofEpochMilli((now.toEpochMilli() / size - steps + 1) * size);
    }

    public static Optional<Period> of(String text) {
        return Stream.of(values())
                .filter(period -> period != GLANCE && period.text().equals(text))
                .findFirst();
    }
}
