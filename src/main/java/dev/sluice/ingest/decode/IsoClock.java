package dev.sluice.ingest.decode;

import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * Now, as ISO 8601 in UTC with milliseconds. Keeps the text of the current millisecond: under load hundreds of events
 * share one. Confined to one event loop; not thread-safe.
 */
public final class IsoClock {
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final InstantSource source;
    private long millis = Long.MIN_VALUE;
    private String text = "";

    public IsoClock(InstantSource source) {
        this.source = source;
    }

    public String now() {
        long now = source.millis();
        if (now != millis) {
            text = MILLIS.format(Instant.ofEpochMilli(now));
            millis = now;
        }
        return text;
    }
}
