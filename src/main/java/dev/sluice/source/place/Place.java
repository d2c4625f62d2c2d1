package dev.sluice.source.place;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a request says something. Immutable; any thread. */
public sealed interface Place {
    /** What is there; null for nothing, for null, and for what is no scalar. */
    @Nullable
    String in(Letter letter);

    /** As {@link PlaceText} reads it. */
    String text();

    /** The pointers that it leads along. */
    default Stream<Pointed> pointers() {
        return Stream.empty();
    }

    /** What it is made of, if it is made of others; else itself. */
    default Stream<Place> simple() {
        return Stream.of(this);
    }

    /** Whether the body is read for it. */
    default boolean isOfBody() {
        return simple().anyMatch(place -> place != this && place.isOfBody());
    }

    /** The header that it is, or null. */
    default @Nullable String header() {
        return null;
    }

    /** All that it reads. */
    default Stream<String> headers() {
        return Stream.ofNullable(header());
    }

    /** Which JSON a pointer leads into. */
    enum Root {
        /** The event: the body, or one element of it. */
        EVENT,
        /** The body as it came, also where each element of it is an event. */
        BODY,
        /** A field of a form. */
        FIELD
    }

    /**
     * At a JSON pointer (RFC 6901).
     *
     * @param field of a form; empty for another root
     * @param tokens unescaped
     */
    record Pointed(Root root, String field, List<String> tokens) implements Place {
        public Pointed {
            tokens = List.copyOf(tokens);
        }

        @Override
        public @Nullable String in(Letter letter) {
            return letter.at(this);
        }

        @Override
        public String text() {
            String pointer = PlaceText.pointer(tokens);
            return switch (root) {
                case EVENT -> pointer;
                case BODY -> PlaceText.BODY + pointer;
                case FIELD -> PlaceText.FORM + field + '#' + pointer;
            };
        }

        @Override
        public Stream<Pointed> pointers() {
            return Stream.of(this);
        }

        @Override
        public boolean isOfBody() {
            return true;
        }
    }

    /** Of several lines the first. */
    record Headed(String name) implements Place {
        @Override
        public @Nullable String in(Letter letter) {
            return letter.header(name);
        }

        @Override
        public String text() {
            return PlaceText.HEADER + name;
        }

        @Override
        public String header() {
            return name;
        }
    }

    /** A field of a form. */
    record Filled(String name) implements Place {
        @Override
        public @Nullable String in(Letter letter) {
            return letter.form().get(name);
        }

        @Override
        public String text() {
            return PlaceText.FORM + name;
        }

        @Override
        public boolean isOfBody() {
            return true;
        }
    }

    /** A parameter of the query. */
    record Asked(String name) implements Place {
        @Override
        public @Nullable String in(Letter letter) {
            return letter.query().get(name);
        }

        @Override
        public String text() {
            return PlaceText.QUERY + name;
        }
    }

    /** The same for every request. */
    record Constant(String value) implements Place {
        @Override
        public String in(Letter letter) {
            return value;
        }

        @Override
        public String text() {
            return PlaceText.TEXT + value;
        }
    }

    /** The first of these that is there. */
    record FirstOf(List<Place> places) implements Place {
        public FirstOf {
            places = List.copyOf(places);
        }

        @Override
        public @Nullable String in(Letter letter) {
            return places.stream()
                    .map(place -> place.in(letter))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public String text() {
            return places.stream().map(Place::text).collect(Collectors.joining(", or "));
        }

        @Override
        public Stream<Place> simple() {
            return places.stream().flatMap(Place::simple);
        }

        @Override
        public Stream<Pointed> pointers() {
            return places.stream().flatMap(Place::pointers);
        }

        @Override
        public Stream<String> headers() {
            return places.stream().flatMap(Place::headers);
        }
    }

    /** These one after the other; nothing, if one of them is not there. */
    record Template(String text, List<Place> parts) implements Place {
        public Template {
            parts = List.copyOf(parts);
        }

        @Override
        public @Nullable String in(Letter letter) {
            StringBuilder whole = new StringBuilder();
            for (Place part : parts) {
                String value = part.in(letter);
                if (value == null) {
                    return null;
                }
                whole.append(value);
            }
            return whole.toString();
        }

        @Override
        public Stream<Place> simple() {
            return parts.stream().flatMap(Place::simple);
        }

        @Override
        public Stream<Pointed> pointers() {
            return parts.stream().flatMap(Place::pointers);
        }

        @Override
        public Stream<String> headers() {
            return parts.stream().flatMap(Place::headers);
        }
    }
}
