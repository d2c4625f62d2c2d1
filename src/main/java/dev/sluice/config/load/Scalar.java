package dev.sluice.config.load;

import dev.sluice.config.Units;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How the text of a single value is read. {@code parse} throws IllegalArgumentException for anything not expected. */
record Scalar(String expected, Function<String, Object> parse) {

    /** By the type of the record's component; whole numbers whose name ends with Bytes are sizes. */
    static Scalar of(Type type, String name) {
        boolean isSize = name.endsWith("Bytes");
        if (type == String.class) {
            return new Scalar("a text", text -> text);
        }
        if (type == int.class) {
            return isSize
                    ? new Scalar("a size below 2GiB, such as 4096, 64KiB or 1MB", text -> whole(Units.size(text)))
                    : new Scalar("a whole number", Integer::valueOf);
        }
        if (type == long.class) {
            return isSize
                    ? new Scalar("a size such as 4096, 64KiB or 1GB", Units::size)
                    : new Scalar("a whole number", Long::valueOf);
        }
        if (type == double.class) {
            return new Scalar("a number such as 0.5", Scalar::number);
        }
        if (type == boolean.class) {
            return new Scalar("true or false", Scalar::truth);
        }
        if (type == Duration.class) {
            return new Scalar("a duration such as 250ms, 15s, 5m, 2h or 30d", Units::duration);
        }
        if (type instanceof Class<?> constants && constants.isEnum()) {
            return choice(constants);
        }
        throw new IllegalStateException("%s: %s (expected: a type that a setting can have)".formatted(name, type));
    }

    private static Scalar choice(Class<?> constants) {
        String names = Arrays.stream(constants.getEnumConstants())
                .map(Object::toString)
                .map(name -> name.toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
        return new Scalar("one of " + names, text -> constant(constants, text));
    }

    private static Object constant(Class<?> constants, String text) {
        Optional<?> match = Arrays.stream(constants.getEnumConstants())
                .filter(constant -> constant.toString().equalsIgnoreCase(text.replace('-', '_')))
                .findFirst();
        return match.orElseThrow(IllegalArgumentException::new);
    }

    private static int whole(long number) {
        if (number > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("too large");
        }
        return (int) number;
    }

    private static double number(String text) {
        double number = Double.parseDouble(text);
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("not finite");
        }
        return number;
    }

    private static boolean truth(String text) {
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw new IllegalArgumentException("neither true nor false");
        }
        return Boolean.parseBoolean(text);
    }
}
