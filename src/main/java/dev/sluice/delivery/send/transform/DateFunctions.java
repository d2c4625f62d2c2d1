package dev.sluice.delivery.send.transform;

import com.dashjoin.jsonata.Functions;
import dev.sluice.delivery.send.transform.BoundedFunction.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The functions of JSONata that tell or read the time. Their pictures may say how many digits there are, and the library
 * writes that many; to read, it makes a regular expression that backtracks of them.
 */
final class DateFunctions {
    private static final int MOST_TIMESTAMP = 100;
    private static final int MOST_WIDTH_DIGITS = 2;
    /** So many ways to divide a timestamp among the components of a picture are tried, at most. */
    private static final long MOST_WAYS = 1_000_000;

    private static final int NANOS_PER_WAY = 20;
    private static final long NANOS_PER_CALL = 50_000;

    private final Budget budget;
    private final LongSupplier now;

    /** @param now in milliseconds: the library would tell the time of whatever this thread evaluated first */
    DateFunctions(Budget budget, LongSupplier now) {
        this.budget = budget;
        this.now = now;
    }

    List<BoundedFunction> all() {
        return List.of(
                new BoundedFunction("now", "<s?s?:s>", "now", arguments -> write("now", now.getAsLong(), arguments, 0)),
                new BoundedFunction("millis", "<:n>", "millis", arguments -> now.getAsLong()),
                new BoundedFunction("fromMillis", "<n-s?s?:s>", "dateTimeFromMillis", this::fromMillis),
                new BoundedFunction("toMillis", "<s-s?:n>", "dateTimeToMillis", this::toMillis));
    }

    private @Nullable Object fromMillis(Arguments arguments) {
        Number millis = arguments.number(0);
        return millis == null ? null : write("fromMillis", millis.longValue(), arguments, 1);
    }

    private Object write(String function, long millis, Arguments arguments, int first) {
        String picture = NumberFunctions.picture(function, arguments.text(first));
        if (picture != null) {
            components(picture).forEach(component -> checkWidth(function, component));
        }
        budget.charge(NANOS_PER_CALL);
        return Functions.dateTimeFromMillis(millis, picture, arguments.text(first + 1));
    }

    /** What stands in square brackets, without white space. One that is escaped is taken for one too. */
    private static List<String> components(String picture) {
        List<String> components = new ArrayList<>();
        for (int open = picture.indexOf('['); open >= 0; open = picture.indexOf('[', open + 1)) {
            int close = picture.indexOf(']', open);
            if (close > open) {
                components.add(picture.substring(open + 1, close).replaceAll("\\s+", ""));
            }
        }
        return components;
    }

    private static void checkWidth(String function, String component) {
        for (String width : component.substring(component.lastIndexOf(',') + 1).split("-", -1)) {
            if (component.indexOf(',') >= 0 && width.length() > MOST_WIDTH_DIGITS) {
                throw new Refusal("$%s: [%s] is wider than 99", function, component);
            }
        }
    }

    private @Nullable Object toMillis(Arguments arguments) throws Throwable {
        String timestamp = arguments.text(0);
        String picture = NumberFunctions.picture("toMillis", arguments.text(1));
        if (timestamp == null) {
            return null;
        }
        if (timestamp.length() > MOST_TIMESTAMP) {
            throw new Refusal("$toMillis: a timestamp of more than %d characters", MOST_TIMESTAMP);
        }
        if (picture != null) {
            components(picture).forEach(component -> checkWidth("toMillis", component));
            budget.charge(NANOS_PER_WAY * ways(picture, timestamp.length()));
        }
        budget.charge(NANOS_PER_CALL);
        return Functions.dateTimeToMillis(timestamp, picture);
    }

    /** How often the library's regular expression may begin anew, at most. What a literal ends has one end. */
    private static long ways(String picture, int length) {
        long ways = 1;
        for (int open = picture.indexOf('['); open >= 0; open = picture.indexOf('[', open + 1)) {
            int close = picture.indexOf(']', open);
            if (close > open && close + 1 < picture.length()) {
                String component = picture.substring(open + 1, close).replaceAll("\\s+", "");
                ways *= isEndedBy(picture.charAt(close + 1), component) ? 1 : endsOf(component, Math.max(length, 1));
            }
            if (ways > MOST_WAYS) {
                throw new Refusal("$toMillis: too many components of the picture stand together");
            }
        }
        return ways;
    }

    private static boolean isEndedBy(char next, String component) {
        return next != '[' && !Character.isLetterOrDigit(next) && !(isWords(component) && "-, ".indexOf(next) >= 0);
    }

    /** The library reads two to four digits of a year, one or two of most others, and as much as it can of the rest. */
    private static long endsOf(String component, int length) {
        char kind = component.isEmpty() ? ' ' : component.charAt(0);
        boolean isDecimal = component.chars().skip(1).allMatch(c -> Character.isDigit(c) || "#,*-:o".indexOf(c) >= 0);
        if (isDecimal && "YMDHhms".indexOf(kind) >= 0) {
            return kind == 'Y' ? 3 : 2;
        }
        boolean isZone = kind == 'Z' || kind == 'z';
        return isWords(component) ? 80L * length : isZone ? (long) length * length : length;
    }

    private static boolean isWords(String component) {
        return component.startsWith("w", 1) || component.startsWith("W", 1);
    }
}
