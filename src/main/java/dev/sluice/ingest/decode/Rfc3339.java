package dev.sluice.ingest.decode;

/** {@code date-time} of RFC 3339, section 5.6, checked without making an object. */
public final class Rfc3339 {
    private static final int SHORTEST = "2026-11-21T09:14:04Z".length();
    private static final int FRACTION = "2026-11-21T09:14:04".length();

    private Rfc3339() {}

    public static boolean isDateTime(String text) {
        return text.length() >= SHORTEST
                && text.length() <= 64
                && isDate(text)
                && (text.charAt(10) == 'T' || text.charAt(10) == 't')
                && isTime(text)
                && isOffset(text, endOfFraction(text));
    }

    private static boolean isDate(String text) {
        int year = number(text, 0, 4);
        int month = number(text, 5, 2);
        int day = number(text, 8, 2);
        return year >= 0
                && text.charAt(4) == '-'
                && month >= 1
                && month <= 12
                && text.charAt(7) == '-'
                && day >= 1
                && day <= daysOf(month, year);
    }

    private static int daysOf(int month, int year) {
        if (month == 2) {
            return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    /** A second of 60 is a leap second. */
    private static boolean isTime(String text) {
        return isUpTo(text, 11, 23)
                && text.charAt(13) == ':'
                && isUpTo(text, 14, 59)
                && text.charAt(16) == ':'
                && isUpTo(text, 17, 60);
    }

    /** The index after the fraction, or -1 if there is a point without a digit. */
    private static int endOfFraction(String text) {
        if (text.charAt(FRACTION) != '.') {
            return FRACTION;
        }
        int end = FRACTION + 1;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end == FRACTION + 1 ? -1 : end;
    }

    private static boolean isOffset(String text, int at) {
        if (at < 0 || at >= text.length()) {
            return false;
        }
        char sign = text.charAt(at);
        if (sign == 'Z' || sign == 'z') {
            return text.length() == at + 1;
        }
        return (sign == '+' || sign == '-')
                && text.length() == at + 6
                && isUpTo(text, at + 1, 23)
                && text.charAt(at + 3) == ':'
                && isUpTo(text, at + 4, 59);
    }

    private static boolean isUpTo(String text, int at, int most) {
        int value = number(text, at, 2);
        return value >= 0 && value <= most;
    }

    /** -1 if there is anything but digits. */
    private static int number(String text, int at, int digits) {
        int value = 0;
        for (int i = at; i < at + digits; i++) {
            if (!isDigit(text.charAt(i))) {
                return -1;
            }
            value = 10 * value + text.charAt(i) - '0';
        }
        return value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
