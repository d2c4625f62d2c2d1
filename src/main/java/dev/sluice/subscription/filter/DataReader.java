package dev.sluice.subscription.filter;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.http.JsonText;
import dev.sluice.http.ProblemException;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
    /** Also what was forgotten since: so each value is forgotten at most once for each place above it. */
    private final List<DataPointer> order = new ArrayList<>();

    private static final class Place {
        final Map<String, Place> below = new HashMap<>(4);
        /** Of the elements that are wanted if this is an array; -1 for none. */
        int lastIndex = -1;

        @Nullable
        DataPointer wanted;

        /** What was found here and below, as a part of {@code order}. */
        int from;

        int to;
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
        place.from = order.size();
        inside(place, parser);
        place.to = order.size();
    }

    private void inside(Place place, JsonParser parser) throws IOException {
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
            order.add(place.wanted);
        }
    }

    /** A member that is given again replaces all that was found below the one before. */
    private void forget(Place place) {
        order.subList(place.from, place.to).forEach(found::remove);
    }
}
