package dev.sluice.delivery.send.transform;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Utils;
import dev.sluice.delivery.send.transform.BoundedFunction.Arguments;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The functions of JSONata that write as many digits as a number or a picture says. The library would round 1.5 to a hundred
 * million places, and write {@code 1e1000000000} of an event in full.
 */
final class NumberFunctions {
    static final int MOST_PICTURE = 256;

    private static final int MOST_TEXT = 1000;
    /** So far from the point a digit may stand to be written in full; a double's are all nearer. */
    private static final int MOST_SCALE = 1100;

    private static final long NANOS_PER_CALL = 20_000;

    private final Budget budget;

    NumberFunctions(Budget budget) {
        this.budget = budget;
    }

    List<BoundedFunction> all() {
        return List.of(
                new BoundedFunction("round", "<n-n?:n>", "round", this::round),
                new BoundedFunction("formatBase", "<n-n?:s>", "formatBase", this::formatBase),
                new BoundedFunction("formatNumber", "<n-so?:s>", "formatNumber", this::formatNumber),
                new BoundedFunction("formatInteger", "<n-s:s>", "formatInteger", this::formatInteger),
                new BoundedFunction("parseInteger", "<s-s:n>", "parseInteger", this::parseInteger));
    }

    private @Nullable Object round(Arguments arguments) {
        Number number = arguments.number(0);
        Number places = arguments.number(1);
        if (number == null) {
            return null;
        }
        budget.charge(NANOS_PER_CALL);
        return Utils.convertNumber(round(new BigDecimal(number.toString()), places == null ? 0 : places.intValue()));
    }

    /** More places than it has change nothing, and where all of them go, nothing is left. */
    private static double round(BigDecimal exact, int places) {
        if (places >= exact.scale()) {
            return exact.doubleValue();
        }
        if ((long) exact.scale() - places > exact.precision()) {
            return 0;
        }
        return exact.setScale(places, RoundingMode.HALF_EVEN).doubleValue();
    }

    private @Nullable Object formatBase(Arguments arguments) {
        Number number = arguments.number(0);
        budget.charge(NANOS_PER_CALL);
        if (number != null && Double.isInfinite(number.doubleValue())) {
            throw new Refusal("$formatBase: a number of more than 308 digits (expected: one that is a double)");
        }
        return number == null ? null : Functions.formatBase(number.doubleValue(), arguments.number(1));
    }

    private @Nullable Object formatNumber(Arguments arguments) {
        String picture = picture("formatNumber", arguments.text(1));
        Number number = arguments.number(0);
        budget.charge(NANOS_PER_CALL);
        return number == null ? null : Functions.formatNumber(writable(number), picture, (Map<?, ?>) arguments.at(2));
    }

    private static Number writable(Number number) {
        boolean isFar = number instanceof BigDecimal exact && Math.abs((long) exact.scale()) > MOST_SCALE;
        return isFar ? number.doubleValue() : number;
    }

    private @Nullable Object formatInteger(Arguments arguments) {
        String picture = picture("formatInteger", arguments.text(1));
        Number number = arguments.number(0);
        budget.charge(NANOS_PER_CALL);
        return number == null ? null : Functions.formatInteger(number, picture);
    }

    private @Nullable Object parseInteger(Arguments arguments) throws Throwable {
        String picture = picture("parseInteger", arguments.text(1));
        String text = arguments.text(0);
        if (text != null && text.length() > MOST_TEXT) {
            throw new Refusal(
                    "$parseInteger: a text of %d characters (expected: at most %d)", text.length(), MOST_TEXT);
        }
        budget.charge(NANOS_PER_CALL);
        return text == null ? null : converted(Functions.parseInteger(text, picture));
    }

    private static @Nullable Number converted(@Nullable Number number) {
        return number == null ? null : Utils.convertNumber(number);
    }

    static @Nullable String picture(String function, @Nullable String picture) {
        if (picture != null && picture.length() > MOST_PICTURE) {
            throw new Refusal(
                    "$%s: a picture of %d characters (expected: at most %d)", function, picture.length(), MOST_PICTURE);
        }
        return picture;
    }
}
