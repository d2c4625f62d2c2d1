package dev.sluice.ingest.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.event.Attributes;
import dev.sluice.http.JsonText;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads the members of one event in JSON (CloudEvents JSON format 1.0, sections 2 and 3) into a {@link DraftBuilder}. */
final class EventReader {
    private static final String DATA = "data";
    private static final String DATA_BASE64 = "data_base64";

    private final JsonText text;
    private final DraftBuilder draft;
    private @Nullable Buffer data;
    private boolean isString;
    private @Nullable String base64;
    private boolean isTwice;

    private EventReader(JsonText text, DraftBuilder draft) {
        this.text = text;
        this.draft = draft;
    }

    /** @param parser of {@code text}; stands on the event's opening brace, is left on the closing one */
    static void read(JsonText text, JsonParser parser, DraftBuilder draft) throws IOException {
        EventReader reader = new EventReader(text, draft);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            reader.member(name, parser);
        }
        reader.settleData();
    }

    private void member(String name, JsonParser parser) throws IOException {
        switch (name) {
            case DATA -> data(parser);
            case DATA_BASE64 -> base64(parser);
            default -> attribute(name, parser);
        }
    }

    private void attribute(String name, JsonParser parser) throws IOException {
        switch (parser.currentToken()) {
            case VALUE_STRING, VALUE_NUMBER_FLOAT -> draft.attribute(name, parser.getText());
            case VALUE_NUMBER_INT, VALUE_TRUE, VALUE_FALSE -> draft.literal(name, parser.getText());
            // Section 2.2: null is the same as absent.
            case VALUE_NULL -> {}
            default -> {
                draft.wrong(
                        name,
                        "%s: an object or array (expected: a string, number or boolean)"
                                .formatted(EventFaults.excerpt(name)));
                parser.skipChildren();
            }
        }
    }

    private void data(JsonParser parser) throws IOException {
        isTwice |= data != null;
        long start = parser.currentTokenLocation().getByteOffset();
        isString = parser.currentToken() == JsonToken.VALUE_STRING;
        if (isString) {
            parser.finishToken();
        } else {
            parser.skipChildren();
        }
        data = text.slice(start, parser.currentLocation().getByteOffset());
    }

    private void base64(JsonParser parser) throws IOException {
        isTwice |= base64 != null;
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            base64 = parser.getText();
        } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
            draft.wrong(DATA_BASE64, "data_base64: not a string (expected: base64 in a string)");
            parser.skipChildren();
        }
    }

    private void settleData() {
        if (isTwice || (data != null && base64 != null)) {
            draft.wrong(DATA, "data, data_base64: given twice (expected: one of them, once)");
        } else if (base64 != null) {
            decode(base64);
        } else if (data != null) {
            settle(data);
        }
    }

    private void decode(String encoded) {
        try {
            draft.bytes(Buffer.buffer(Base64.getDecoder().decode(encoded)));
        } catch (IllegalArgumentException notBase64) {
            draft.wrong(
                    DATA_BASE64,
                    "data_base64: %s (expected: base64, RFC 4648 section 4)".formatted(notBase64.getMessage()));
        }
    }

    /** Section 3.1.1: a string in data of a type that is not JSON is the data itself, not its JSON form. */
    private void settle(Buffer bytes) {
        String type = draft.get(Attributes.DATA_CONTENT_TYPE);
        if (isString && type != null && !MediaType.parse(type).isJson()) {
            String content = JsonText.of(bytes).read(JsonParser::getText);
            draft.bytes(Buffer.buffer(content));
        } else {
            draft.json(bytes);
        }
    }
}
