package dev.sluice.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and sizes as people write them: {@code 250ms}, {@code 30d}, {@code 64KiB}. */
public final class Units {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,18})\\s*([A-Za-z]*)");

    /** In milliseconds, the longest first. */
    private static final Map<String, Long> DURATIONS = new LinkedHashMap<>();

    /** In bytes, by lower case. */
    private static final Map<String, Long> SIZES = Map.of(
            "", 1L,
            "b", 1L,
            "kb", 1000L,
            "mb", 1_000_000L,
            "gb", 1_000_000_000L,
            "kib", 1L << 10,
            "mib", 1L << 20,
            "gib", 1L << 30);

    static {
        DURATIONS.put("d", 86_400_000L);
        DURATIONS.put("h", 3_600_000L);
        DURATIONS.put("m", 60_000L);
        DURATIONS.put("s", 1000L);
        DURATIONS.put("ms", 1L);
    }

    private Units() {}

    /**
     * @throws IllegalArgumentException if it is none, is negative, or counts more nanoseconds than a long holds (292 years)
     */
    public static Duration duration(String text) {
        Duration duration = Duration.ofMillis(product(text, DURATIONS));
        if (duration.toSeconds() > Long.MAX_VALUE / 1_000_000_000L - 1) {
            throw new IllegalArgumentException("too long");
        }
        return duration;
    }

    /** As {@link #duration} reads it, in the longest unit that leaves no rest. */
    public static String text(Duration duration) {
        long millis = duration.toMillis();
        for (Map.Entry<String, Long> unit : DURATIONS.entrySet()) {
            if (millis != 0 && millis % unit.getValue() == 0) {
                return millis / unit.getValue() + unit.getKey();
            }
        }
        return duration.isZero() ? "0s" : duration.toString();
    }

    /**
     * In bytes.
     *
     * @throws IllegalArgumentException if it is none, is negative, or more than a long holds
     */
    public static long size(String text) {
        return product(text, SIZES);
    }

    private static long product(String text, Map<String, Long> units) {
        Matcher parts = NUMBER_AND_UNIT.matcher(text);
        Long factor = parts.matches() ? units.get(parts.group(2).toLowerCase(Locale.ROOT)) : null;
        if (factor == null) {
            throw new IllegalArgumentException("no number with a unit");
        }
        try {
            return Math.multiplyExact(Long.parseLong(parts.group(1)), factor);
        } catch (ArithmeticException tooLarge) {
            throw new IllegalArgumentException("too large", tooLarge);
        }
    }
}
