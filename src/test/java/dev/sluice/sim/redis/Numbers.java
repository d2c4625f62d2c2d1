package dev.sluice.sim.redis;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as Redis reads and writes them. */
final class Numbers {
    private static final MathContext DIGITS = new MathContext(17);

    private Numbers() {}

    /** As C's {@code %.17g}. */
    static String text(double number) {
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        if (number == Math.rint(number) && Math.abs(number) < 1e17) {
            return 1 / number == Double.NEGATIVE_INFINITY ? "-0" : Long.toString((long) number);
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
