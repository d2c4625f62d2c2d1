package dev.sluice.source.dialect;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a generic request says something: at a JSON pointer (RFC 6901) in its body, or in a header.
 *
 * @param header  the header's name, or null
 * @param pointer the pointer's tokens, unescaped; empty with a header
 */
public record Place(@Nullable String header, List<String> pointer) {
    public static final int MAX_LENGTH = 256;

    static final String EXPECTED = "a JSON pointer, as /event/type, or header: and a header's name";
    private static final String HEADER = "header:";
    private static final String TCHARS = "!#$%&'*+-.^_`|~";

    public Place {
        pointer = List.copyOf(pointer);
    }

    /** @throws IllegalArgumentException for anything else than {@code /pointer} and {@code header:Name} */
    public static Place parse(String text) {
        if (text.startsWith(HEADER) && isToken(text.substring(HEADER.length()))) {
            return new Place(text.substring(HEADER.length()), List.of());
        }
        boolean isPointer = text.startsWith("/") && text.length() <= MAX_LENGTH && !text.matches(".*~([^01].*|$)");
        if (!isPointer) {
            throw new IllegalArgumentException("place: %s (expected: %s)".formatted(text, EXPECTED));
        }
        return new Place(
                null,
                Stream.of(text.substring(1).split("/", -1))
                        .map(token -> token.replace("~1", "/").replace("~0", "~"))
                        .toList());
    }

    /** As {@link #parse} reads it. */
    public String text() {
        if (header != null) {
            return HEADER + header;
        }
        StringBuilder text = new StringBuilder();
        pointer.forEach(
                token -> text.append('/').append(token.replace("~", "~0").replace("/", "~1")));
        return text.toString();
    }

    /** RFC 9110, section 5.6.2. */
    private static boolean isToken(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_LENGTH
                && name.chars().allMatch(c -> (c < 0x80 && Character.isLetterOrDigit(c)) || TCHARS.indexOf(c) >= 0);
    }
}
