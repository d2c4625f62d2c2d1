package dev.sluice.source.cockpit;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What an argument of a Cockpit event says about what it is: a name, an entry, a list of one entry, a flag.
 *
 * @param text  of a string
 * @param flag  of a boolean
 * @param name  of a definition
 * @param id    the {@code _id} of an object, or of the only object in an array
 */
record CockpitArgument(
        @Nullable String text,
        @Nullable Boolean flag,
        @Nullable String name,
        @Nullable String id) {
    static final CockpitArgument NONE = new CockpitArgument(null, null, null, null);

    static CockpitArgument read(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> new CockpitArgument(parser.getText(), null, null, null);
            case VALUE_TRUE, VALUE_FALSE -> new CockpitArgument(null, parser.getBooleanValue(), null, null);
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            default -> NONE;
        };
    }

    private static CockpitArgument object(JsonParser parser) throws IOException {
        String name = null;
        String id = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String member = parser.currentName();
            boolean isString = parser.nextToken() == JsonToken.VALUE_STRING;
            if (isString && member.equals("name")) {
                name = parser.getText();
            } else if (isString && member.equals("_id")) {
                id = parser.getText();
            }
            parser.skipChildren();
        }
        return new CockpitArgument(null, null, name, id);
    }

    private static CockpitArgument array(JsonParser parser) throws IOException {
        CockpitArgument only = NONE;
        int elements = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (++elements == 1 && parser.currentToken() == JsonToken.START_OBJECT) {
                only = object(parser);
            }
            parser.skipChildren();
        }
        return elements == 1 ? only : NONE;
    }
}
