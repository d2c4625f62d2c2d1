package dev.sluice.sim.redis;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as Redis reads and writes them. */
final class Numbers {
    private static final MathContext DIGITS = new MathContext(17);

    private static final String[] QUARTERS = {"", ".25", ".5", ".75"};
    /** With two digits behind the point no more than 17 in all. */
    private static final double MOST_EXACT = 1e15;

    private static final double[] POWERS_OF_TEN = new double[16];

    static {
        for (int i = 0; i < POWERS_OF_TEN.length; i++) {
            POWERS_OF_TEN[i] = Math.pow(10, i);
        }
    }

    private Numbers() {}

    /** As C's {@code %.17g}. */
    static String text(double number) {
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        if (number == Math.rint(number) && Math.abs(number) < 1e17) {
            return 1 / number == Double.NEGATIVE_INFINITY ? "-0" : Long.toString((long) number);
        }
        double quarters = 4 * number;
        if (number > 1 && number < MOST_EXACT && quarters == Math.rint(quarters)) {
            return (long) number + QUARTERS[(int) ((long) quarters & 3)];
        }
        BigDecimal exact = new BigDecimal(number).round(DIGITS).stripTrailingZeros();
        int exponent = exact.precision() - exact.scale() - 1;
        if (exponent >= -5 && exponent < 17) {
            return exact.toPlainString();
        }
        String digits = exact.unscaledValue().abs().toString();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return "%s%se%s%02d".formatted(number < 0 ? "-" : "", mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    /** As C's {@code strtod}; null for what is no number as a whole. */
    static Double parse(String text) {
        double plain = plain(text);
        return plain < 0 ? any(text) : Double.valueOf(plain);
    }

    /** What most are: some digits, and a few behind a point. Exact, as their digits and powers of ten are; -1 for others. */
    private static double plain(String text) {
        int length = text.length();
        if (length == 0 || length > POWERS_OF_TEN.length) {
            return -1;
        }
        long digits = 0;
        int point = -1;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits = 10 * digits + c - '0';
            } else if (c == '.' && point < 0 && i > 0 && i < length - 1) {
                point = i;
            } else {
                return -1;
            }
        }
        return point < 0 ? digits : digits / POWERS_OF_TEN[length - 1 - point];
    }

    private static Double any(String text) {
        String trimmed = text.strip();
        String sign = trimmed.startsWith("-") ? "-" : "";
        String bare = trimmed.startsWith("-") || trimmed.startsWith("+") ? trimmed.substring(1) : trimmed;
        if (bare.equalsIgnoreCase("inf") || bare.equalsIgnoreCase("infinity")) {
            return sign.isEmpty() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        }
        if (bare.isEmpty() || !isNumber(bare)) {
            return null;
        }
        try {
            return Double.parseDouble(sign + bare);
        } catch (NumberFormatException none) {
            return null;
        }
    }

    private static boolean isNumber(String bare) {
        for (int i = 0; i < bare.length(); i++) {
            char c = bare.charAt(i);
            if ((c < '0' || c > '9') && c != '.' && c != 'e' && c != 'E' && c != '-' && c != '+') {
                return false;
            }
        }
        return true;
    }

    static double score(String text) {
        Double number = parse(text);
        if (number == null) {
            throw new Failure("ERR value is not a valid float");
        }
        return number;
    }

    static long whole(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException none) {
            throw new Failure("ERR value is not an integer or out of range");
        }
    }
}
