package dev.sluice.delivery.policy;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code Retry-After} (RFC 9110 §10.2.3): seconds, or a date in one of the three forms of §5.6.7. The name of the
 * day is not looked at: a wrong one is no reason to come back too early.
 */
final class RetryAfter {
    private static final DateTimeFormatter IMF_FIXDATE = strict("d MMM uuuu HH:mm:ss 'GMT'");
    private static final DateTimeFormatter ASCTIME = strict("MMM ppd HH:mm:ss uuuu");
    /** More digits than these mean as much as for ever: {@link #AGES}. */
    private static final int MOST_DIGITS = 12;

    private static final Duration AGES = Duration.ofSeconds(999_999_999_999L);
    private static final int LONGEST = 64;

    private RetryAfter() {}

    private static DateTimeFormatter strict(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
    }

    /** How long from {@code now} on the endpoint wants to be left alone; null if it says nothing, garbage, or the past. */
    static @Nullable Duration parse(@Nullable String header, Instant now) {
        if (header == null || header.length() > LONGEST) {
            return null;
        }
        String value = header.strip();
        if (value.isEmpty()) {
            return null;
        }
        Duration wait = isDigits(value) ? seconds(value) : until(value, now);
        return wait == null || wait.isNegative() || wait.isZero() ? null : wait;
    }

    /** Whether it says anything, be it in the past by now. */
    static boolean isSaid(@Nullable String header) {
        return parse(header, Instant.EPOCH) != null;
    }

    private static boolean isDigits(String value) {
        return value.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static Duration seconds(String digits) {
        return digits.length() <= MOST_DIGITS ? Duration.ofSeconds(Long.parseLong(digits)) : AGES;
    }

    private static @Nullable Duration until(String date, Instant now) {
        try {
            return Duration.between(now, dateTime(date, now).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException garbage) {
            return null;
        }
    }

    private static LocalDateTime dateTime(String date, Instant now) {
        int comma = date.indexOf(',');
        if (comma < 0) {
            String afterTheDay = date.substring(date.indexOf(' ') + 1);
            return LocalDateTime.parse(afterTheDay, ASCTIME);
        }
        String afterTheDay = date.substring(comma + 1).strip();
        return LocalDateTime.parse(afterTheDay, afterTheDay.indexOf('-') < 0 ? IMF_FIXDATE : rfc850(now));
    }

    /** A year of two digits is at most 50 years ahead (RFC 9110 §5.6.7). */
    private static DateTimeFormatter rfc850(Instant now) {
        int earliest = now.atOffset(ZoneOffset.UTC).getYear() - 49;
        return new DateTimeFormatterBuilder()
                .appendPattern("d-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, earliest)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
    }
}
