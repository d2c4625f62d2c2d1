package dev.sluice.source.place;

import dev.sluice.http.Field;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How places are written: a text for one, an array for the first of several that is there. */
public final class PlaceText {
    public static final int MAX_LENGTH = 256;
    public static final String EXPECTED =
            "a JSON pointer, as /event/type, header:Name, form:name, form:name#/pointer, query:name, body:/pointer,"
                    + " text:constant, or a template of them, as {header:X-Event}.{/action}";

    static final String HEADER = "header:";
    static final String FORM = "form:";
    static final String QUERY = "query:";
    static final String BODY = "body:";
    static final String TEXT = "text:";

    private static final int MAX_PLACES = 10;
    private static final String TCHARS = "!#$%&'*+-.^_`|~";

    private PlaceText() {}

    /** Null, and noted in the field, for what is none. */
    public static @Nullable Place read(Field field) {
        if (!(field.value() instanceof JsonArray)) {
            return one(field);
        }
        List<Place> places = field.elements(1, MAX_PLACES).stream()
                .map(PlaceText::one)
                .filter(Objects::nonNull)
                .toList();
        return places.size() == 1 ? places.get(0) : new Place.FirstOf(places);
    }

    private static @Nullable Place one(Field field) {
        field.expectPresent();
        String text = field.verbatim(MAX_LENGTH);
        if (text == null) {
            return null;
        }
        try {
            return parse(text);
        } catch (IllegalArgumentException notAPlace) {
            field.refuse("not a place (expected: %s)", EXPECTED);
            return null;
        }
    }

    /** As {@link #read} reads it. */
    public static Object write(Place place) {
        return place instanceof Place.FirstOf first
                ? new JsonArray(first.places().stream().map(Place::text).toList())
                : place.text();
    }

    /** @throws IllegalArgumentException for what is none */
    public static Place parse(String text) {
        Place place = simple(text);
        if (place == null && text.indexOf('{') >= 0) {
            place = new Place.Template(text, Braces.split(text, Place.Constant::new, PlaceText::part));
        }
        if (place == null) {
            throw new IllegalArgumentException("place: %s (expected: %s)".formatted(text, EXPECTED));
        }
        return place;
    }

    /** Null for what is none of them. */
    private static @Nullable Place simple(String text) {
        if (text.startsWith("/")) {
            return pointed(Place.Root.EVENT, "", text);
        }
        if (text.startsWith(BODY)) {
            return pointed(Place.Root.BODY, "", text.substring(BODY.length()));
        }
        if (text.startsWith(HEADER)) {
            String name = text.substring(HEADER.length());
            return isToken(name) ? new Place.Headed(name) : null;
        }
        if (text.startsWith(QUERY)) {
            String name = text.substring(QUERY.length());
            return name.isEmpty() ? null : new Place.Asked(name);
        }
        if (text.startsWith(TEXT)) {
            return new Place.Constant(text.substring(TEXT.length()));
        }
        return text.startsWith(FORM) ? ofForm(text.substring(FORM.length())) : null;
    }

    private static @Nullable Place ofForm(String text) {
        int hash = text.indexOf("#/");
        if (hash > 0) {
            return pointed(Place.Root.FIELD, text.substring(0, hash), text.substring(hash + 1));
        }
        return text.isEmpty() ? null : new Place.Filled(text);
    }

    private static Place.@Nullable Pointed pointed(Place.Root root, String field, String pointer) {
        List<String> tokens = tokens(pointer);
        return tokens == null ? null : new Place.Pointed(root, field, tokens);
    }

    /** Of a JSON pointer, unescaped; null for what is none, or leads to the whole. */
    public static @Nullable List<String> tokens(String pointer) {
        if (!pointer.startsWith("/") || pointer.matches(".*~([^01].*|$)")) {
            return null;
        }
        return Stream.of(pointer.substring(1).split("/", -1))
                .map(token -> token.replace("~1", "/").replace("~0", "~"))
                .toList();
    }

    public static String pointer(List<String> tokens) {
        StringBuilder text = new StringBuilder();
        tokens.forEach(token -> text.append('/').append(token.replace("~", "~0").replace("/", "~1")));
        return text.toString();
    }

    private static Place part(String text) {
        Place place = simple(text);
        if (place == null) {
            throw new IllegalArgumentException("template: {%s}".formatted(text));
        }
        return place;
    }

    /** RFC 9110, section 5.6.2. */
    public static boolean isToken(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_LENGTH
                && name.chars().allMatch(c -> (c < 0x80 && Character.isLetterOrDigit(c)) || TCHARS.indexOf(c) >= 0);
    }
}
