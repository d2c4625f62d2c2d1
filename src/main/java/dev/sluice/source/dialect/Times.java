package dev.sluice.source.dialect;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;

/** The times that CMSs write, in the one form that the gateway stores. */
public final class Times {
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private Times() {}

    public static String text(Instant time) {
        return MILLIS.format(time);
    }

    /** ISO 8601 in UTC with milliseconds; {@code otherwise} for a time that is missing or not RFC 3339. */
    public static String inUtc(@Nullable String time, String otherwise) {
        if (time == null) {
            return otherwise;
        }
        try {
            OffsetDateTime parsed = OffsetDateTime.parse(time).withOffsetSameInstant(ZoneOffset.UTC);
            boolean hasFourDigitYear = parsed.getYear() >= 0 && parsed.getYear() <= 9999;
            return hasFourDigitYear ? MILLIS.format(parsed) : otherwise;
        } catch (DateTimeException notATime) {
            return otherwise;
        }
    }
}
