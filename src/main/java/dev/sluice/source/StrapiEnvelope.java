package dev.sluice.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.http.Problem;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What is found at the top of a Strapi body, and one level below it. The entry may be an object, an array (version 3,
 * bulk delete), null, the string {@code "null"} or missing, and may be called {@code entity} (review workflows) or
 * {@code media}; further members are passed over.
 */
final class StrapiEnvelope {
    @Nullable
    String event;

    @Nullable
    String time;

    @Nullable
    String model;

    @Nullable
    String uid;
    /** The number of the row; drafts and published versions of an entry have different ones. */
    @Nullable
    String id;
    /** Version 5: the identity that all versions of an entry share. */
    @Nullable
    String documentId;

    private StrapiEnvelope() {}

    static StrapiEnvelope read(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw invalid("the body: %s (expected: a JSON object)".formatted(parser.currentToken()));
        }
        StrapiEnvelope envelope = new StrapiEnvelope();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            envelope.member(name, parser);
        }
        return envelope;
    }

    private void member(String name, JsonParser parser) throws IOException {
        switch (name) {
            case "event" -> {
                if (event != null) {
                    throw invalid("event: given twice (expected: once)");
                }
                event = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : null;
                parser.skipChildren();
            }
            case "created_at", "createdAt" -> time = text(parser);
            case "model" -> model = text(parser);
            case "uid" -> uid = text(parser);
            case "entry", "entity", "media" -> entry(parser);
            default -> parser.skipChildren();
        }
    }

    private void entry(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("id")) {
                id = text(parser);
            } else if (name.equals("documentId")) {
                documentId = text(parser);
            } else {
                parser.skipChildren();
            }
        }
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

    private static RuntimeException invalid(String detail) {
        return Problem.of(400, "invalid-event", "Not a Strapi webhook", detail).asException();
    }
}
