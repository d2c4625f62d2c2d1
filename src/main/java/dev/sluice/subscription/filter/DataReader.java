package dev.sluice.subscription.filter;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.http.JsonText;
import dev.sluice.http.ProblemException;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads values out of JSON in one pass: goes down only where a wanted place is, and keeps only what is there. Of members
 * with the same name the last one counts. Use once; not thread-safe.
 */
final class DataReader {
    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

    private final Place root = new Place();
    private final Map<DataPointer, Object> found = new HashMap<>();

    private static final class Place {
        final Map<String, Place> below = new HashMap<>(4);
        /** Of the elements that are wanted if this is an array; -1 for none. */
        int lastIndex = -1;

        @Nullable
        DataPointer wanted;
    }

    void want(DataPointer pointer) {
        Place place = root;
        for (String token : pointer.tokens()) {
            place.lastIndex = Math.max(place.lastIndex, index(token));
            place = place.below.computeIfAbsent(token, first -> new Place());
        }
        place.wanted = pointer;
    }

    /** RFC 6901, section 4: digits without a leading zero. What has more than nine names no element of an event. */
    private static int index(String token) {
        return INDEX.matcher(token).matches() ? Integer.parseInt(token) : -1;
    }

    /** Finds nothing in what is no JSON. */
    Map<DataPointer, Object> read(Buffer data) {
        try {
            return JsonText.of(data).read(parser -> {
                value(root, parser);
                return found;
            });
        } catch (ProblemException notJson) {
            return Map.of();
        }
    }

    /** @param parser on the first token of the value; is left on its last one */
    private void value(Place place, JsonParser parser) throws IOException {
        forget(place);
        if (place.below.isEmpty() || parser.currentToken().isScalarValue()) {
            scalar(place, parser);
        } else if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                Place member = place.below.get(parser.currentName());
                parser.nextToken();
                valueOrSkip(member, parser);
            }
        } else {
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                valueOrSkip(i <= place.lastIndex ? place.below.get(String.valueOf(i)) : null, parser);
            }
        }
    }

    private void valueOrSkip(@Nullable Place place, JsonParser parser) throws IOException {
        if (place == null) {
            parser.skipChildren();
        } else {
            value(place, parser);
        }
    }

    private void scalar(Place place, JsonParser parser) throws IOException {
        if (place.wanted == null) {
            parser.skipChildren();
            return;
        }
        Object scalar = JsonScalar.read(parser);
        if (scalar != null) {
            found.put(place.wanted, scalar);
        }
    }

    /** A member that is given again replaces all of the one before. */
    private void forget(Place place) {
        if (found.isEmpty()) {
            return;
        }
        if (place.wanted != null) {
            found.remove(place.wanted);
        }
        place.below.values().forEach(this::forget);
    }
}
