package dev.sluice.subscription.filter;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** JSON values without parts, in one form each: a {@code String}, a {@code Boolean} or a {@code BigDecimal}. */
public final class JsonScalar {
    private static final int MOST_SHOWN = 100;

    private JsonScalar() {}

    /** @return null for whatever is no scalar, and for a number that Java cannot hold */
    public static @Nullable Object of(@Nullable Object value) {
        if (value instanceof String || value instanceof Boolean || value instanceof BigDecimal) {
            return value;
        }
        boolean endless = value instanceof Double number && !Double.isFinite(number);
        return value instanceof Number && !endless ? new BigDecimal(value.toString()) : null;
    }

    /** @param parser on any token; is left on the last one of the same value */
    static @Nullable Object read(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
            default -> {
                parser.skipChildren();
                yield null;
            }
        };
    }

    /** JSON bounds no exponent, Java does. */
    private static @Nullable BigDecimal number(JsonParser parser) throws IOException {
        try {
            return parser.getDecimalValue();
        } catch (JsonProcessingException | NumberFormatException tooLong) {
            return null;
        }
    }

    static boolean same(Object one, Object other) {
        return (one instanceof BigDecimal a && other instanceof BigDecimal b) ? a.compareTo(b) == 0 : one.equals(other);
    }

    /** As JSON, and short. */
    static String shown(Object scalar) {
        String json = Json.encode(scalar);
        return json.length() <= MOST_SHOWN ? json : json.substring(0, MOST_SHOWN) + "…";
    }
}
