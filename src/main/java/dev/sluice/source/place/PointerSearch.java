package dev.sluice.source.place;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the scalars at some JSON pointers in one pass; what no pointer leads into is passed over. Of a member given twice
 * the last counts, as most readers of JSON have it. Used once; not thread-safe.
 */
final class PointerSearch {
    /** A pointer, of which so many tokens led here. */
    private record Way(Place.Pointed place, int done) {
        boolean isThere() {
            return done == place.tokens().size();
        }

        boolean goesInto(String token) {
            return !isThere() && place.tokens().get(done).equals(token);
        }

        Way further() {
            return new Way(place, done + 1);
        }
    }

    private final List<Way> ways = new ArrayList<>();
    private final Map<Place.Pointed, String> found = new HashMap<>();

    PointerSearch(Collection<Place.Pointed> places) {
        places.forEach(place -> ways.add(new Way(place, 0)));
    }

    /** What is there as text; nothing for what is missing, null, an object or an array. */
    Map<Place.Pointed, String> over(JsonParser parser) throws IOException {
        value(parser, ways);
        return found;
    }

    private void value(JsonParser parser, List<Way> here) throws IOException {
        JsonToken token = parser.currentToken();
        if (here.isEmpty()) {
            parser.skipChildren();
        } else if (token == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                List<Way> inside = into(here, parser.currentName());
                parser.nextToken();
                value(parser, inside);
            }
        } else if (token == JsonToken.START_ARRAY) {
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                value(parser, into(here, Integer.toString(i)));
            }
        } else if (token != JsonToken.VALUE_NULL) {
            String text = parser.getText();
            here.stream().filter(Way::isThere).forEach(way -> found.put(way.place, text));
        }
    }

    private static List<Way> into(List<Way> here, String token) {
        List<Way> inside = new ArrayList<>(0);
        for (Way way : here) {
            if (way.goesInto(token)) {
                inside.add(way.further());
            }
        }
        return inside;
    }
}
