package dev.sluice.source.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The top of a body that is an object: the scalars that a dialect asks for, as text; others are passed over. A member that
 * is asked for may be there once: of two, the gateway would judge by one and the receiver by the other.
 */
public final class Envelope {
    /** Reads the value of a member that is more than a scalar. */
    @FunctionalInterface
    public interface Inner {
        /** @param parser stands on the first token of the value; is left on its last one */
        void read(String name, JsonParser parser) throws IOException;
    }

    private final Map<String, String> scalars = new HashMap<>();
    private final Map<String, JsonToken> kinds = new HashMap<>();
    private final DialectRefusal refusal;

    private Envelope(DialectRefusal refusal) {
        this.refusal = refusal;
    }

    /**
     * @param wanted names of members that the dialect looks at
     * @param inner  gets those of them that are objects or arrays
     * @throws dev.sluice.http.ProblemException 400 for what is no object, and a wanted member given twice
     */
    public static Envelope read(JsonParser parser, Set<String> wanted, DialectRefusal refusal, Inner inner)
            throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw refusal.at("", "the body: %s (expected: a JSON object)".formatted(describe(parser.currentToken())));
        }
        Envelope envelope = new Envelope(refusal);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (wanted.contains(name)) {
                envelope.member(name, parser, inner);
            } else {
                parser.skipChildren();
            }
        }
        return envelope;
    }

    private void member(String name, JsonParser parser, Inner inner) throws IOException {
        JsonToken token = parser.currentToken();
        if (kinds.put(name, token) != null) {
            throw refusal.at("/" + name, name + ": given twice (expected: once)");
        }
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            inner.read(name, parser);
        } else if (token != JsonToken.VALUE_NULL) {
            scalars.put(name, parser.getText());
        }
    }

    public boolean has(String name) {
        return kinds.containsKey(name);
    }

    public boolean isArray(String name) {
        return kinds.get(name) == JsonToken.START_ARRAY;
    }

    /** A string, number or boolean as text. */
    @Nullable
    public String scalar(String name) {
        return scalars.get(name);
    }

    @Nullable
    public String string(String name) {
        return kinds.get(name) == JsonToken.VALUE_STRING ? scalars.get(name) : null;
    }

    /** A string or a number as text. */
    @Nullable
    public String text(String name) {
        JsonToken kind = kinds.get(name);
        return kind == JsonToken.VALUE_STRING || (kind != null && kind.isNumeric()) ? scalars.get(name) : null;
    }

    /** The name of the event: a plain string that must be there. */
    public String event(String name, String example) {
        String event = string(name);
        if (event == null || !Plain.isPlain(event)) {
            String wrong = event != null
                    ? "control characters, or empty, or too long"
                    : has(name) ? "not a string" : "missing";
            throw refusal.at(
                    "/" + name,
                    "%s: %s (expected: a JSON object with the name of the event, such as %s, as string)"
                            .formatted(name, wrong, example));
        }
        return event;
    }

    static String describe(@Nullable JsonToken token) {
        if (token == null) {
            return "missing";
        }
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_NULL -> "null";
            default -> "a boolean";
        };
    }
}
