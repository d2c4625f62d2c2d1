package dev.sluice.source.strapi;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a Strapi event says about the entry, file or release in it. An array of them (version 3, bulk delete) has no
 * identity.
 */
final class StrapiEntry {
    private boolean isObject;
    /** The number of the row; drafts and published versions of an entry have different ones. */
    @Nullable
    String id;
    /** Version 5: the identity that all versions of an entry share. */
    @Nullable
    String documentId;

    @Nullable
    String locale;

    void read(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        isObject = true;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "id" -> id = text(parser);
                case "_id" -> id = id == null ? text(parser) : id;
                case "documentId" -> documentId = text(parser);
                case "locale" -> locale = text(parser);
                default -> parser.skipChildren();
            }
        }
    }

    boolean isObject() {
        return isObject;
    }

    @Nullable
    String identity() {
        return documentId != null ? documentId : id;
    }

    /** A string or a number as text; null for anything else, which is passed over. */
    private static @Nullable String text(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_STRING || token.isNumeric()) {
            return parser.getText();
        }
        parser.skipChildren();
        return null;
    }
}
