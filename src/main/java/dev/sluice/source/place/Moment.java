package dev.sluice.source.place;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A time as producers write it: RFC 3339 and its sloppy kin ({@code +0100}, a space for the {@code T}, no offset, which is
 * UTC), the dates of mail and HTTP, and what Unix counts in seconds, milliseconds, microseconds or nanoseconds.
 */
public final class Moment {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,19}(\\.[0-9]{1,9})?");
    private static final Pattern DATE = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})(?:[T ](\\d{2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?) ?(Z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?)?)?",
            Pattern.CASE_INSENSITIVE);
    private static final int MAX_LENGTH = 64;
    /** Seconds of the year 5138, milliseconds of 1973. */
    private static final BigDecimal UNIT = BigDecimal.valueOf(100_000_000_000L);

    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
    private static final Instant END = Instant.parse("9999-12-31T23:59:59.999Z");

    private Moment() {}

    /** Null for what is none. */
    public static @Nullable Instant read(String text) {
        String time = text.strip();
        if (time.length() > MAX_LENGTH) {
            return null;
        }
        try {
            Instant read = NUMBER.matcher(time).matches() ? counted(time) : written(time);
            return read == null || read.isAfter(END) ? null : read;
        } catch (DateTimeException | ArithmeticException notATime) {
            return null;
        }
    }

    private static Instant counted(String number) {
        BigDecimal seconds = new BigDecimal(number);
        while (seconds.compareTo(UNIT) >= 0) {
            seconds = seconds.divide(THOUSAND);
        }
        BigDecimal whole = new BigDecimal(seconds.toBigInteger());
        return Instant.ofEpochSecond(
                whole.longValueExact(),
                seconds.subtract(whole).movePointRight(9).longValue());
    }

    private static @Nullable Instant written(String time) {
        Matcher date = DATE.matcher(time);
        if (date.matches()) {
            LocalDate day = LocalDate.parse(date.group(1));
            String clock = date.group(2);
            LocalTime at = clock == null ? LocalTime.MIDNIGHT : LocalTime.parse(clock.replace(',', '.'));
            return LocalDateTime.of(day, at).toInstant(offset(date.group(3)));
        }
        return Character.isLetter(time.isEmpty() ? '0' : time.charAt(0))
                ? Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(time))
                : null;
    }

    private static ZoneOffset offset(@Nullable String text) {
        if (text == null || Character.isLetter(text.charAt(0))) {
            return ZoneOffset.UTC;
        }
        return ZoneOffset.of(text.toUpperCase(Locale.ROOT));
    }
}
