package dev.sluice.source.recipe;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.http.Field;
import dev.sluice.http.JsonText;
import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import dev.sluice.source.place.PlaceText;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the events of a body are, which are more than one: the elements of an array.
 *
 * @param tokens of the pointer to it; none for the body itself
 */
public record Each(List<String> tokens) {
    public Each {
        tokens = List.copyOf(tokens);
    }

    static @Nullable Each read(Field field) {
        String pointer = field.verbatim(PlaceText.MAX_LENGTH);
        if (pointer == null) {
            return null;
        }
        List<String> tokens = pointer.isEmpty() ? List.of() : PlaceText.tokens(pointer);
        if (tokens == null) {
            field.refuse(
                    "not a place (expected: a JSON pointer to an array, as /alerts, or an empty text for the body)");
            return null;
        }
        return new Each(tokens);
    }

    String text() {
        return PlaceText.pointer(tokens);
    }

    /**
     * The elements, byte for byte.
     *
     * @param most elements
     * @throws dev.sluice.http.ProblemException 400 for a body that is no JSON, or has no array there; 413 for more elements
     */
    public List<Buffer> of(Buffer body, int most) {
        JsonText text = JsonText.of(body);
        return text.<Optional<List<Buffer>>>read(parser -> find(text, parser, 0, most))
                .orElseThrow(this::noArray);
    }

    private ProblemException noArray() {
        return Problem.of(
                        400,
                        "invalid-event",
                        "Invalid event",
                        "the body: no array at '%s' (expected: the events, as each of this source says)"
                                .formatted(text()))
                .withErrors(List.of(new Problem.FieldError(text(), "no array")))
                .asException();
    }

    private Optional<List<Buffer>> find(JsonText text, JsonParser parser, int done, int most) throws IOException {
        if (done == tokens.size()) {
            return parser.currentToken() == JsonToken.START_ARRAY
                    ? Optional.of(elements(text, parser, most))
                    : skip(parser);
        }
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            return inObject(text, parser, done, most);
        }
        return skip(parser);
    }

    /** Of a member given twice the last counts, as for places. */
    private Optional<List<Buffer>> inObject(JsonText text, JsonParser parser, int done, int most) throws IOException {
        Optional<List<Buffer>> found = Optional.empty();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean leadsOn = parser.currentName().equals(tokens.get(done));
            parser.nextToken();
            if (leadsOn) {
                found = find(text, parser, done + 1, most);
            } else {
                parser.skipChildren();
            }
        }
        return found;
    }

    private static Optional<List<Buffer>> skip(JsonParser parser) throws IOException {
        parser.skipChildren();
        return Optional.empty();
    }

    private static List<Buffer> elements(JsonText text, JsonParser parser, int most) throws IOException {
        List<Buffer> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (elements.size() == most) {
                throw Problem.of(
                                413,
                                "batch-too-large",
                                "Batch too large",
                                "the events: more than %1$d (expected: at most %1$d in a request)".formatted(most))
                        .asException();
            }
            long start = parser.currentTokenLocation().getByteOffset();
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                parser.finishToken();
            } else {
                parser.skipChildren();
            }
            elements.add(text.slice(start, parser.currentLocation().getByteOffset()));
        }
        return elements;
    }
}
