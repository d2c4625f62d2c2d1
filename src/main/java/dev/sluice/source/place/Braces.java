package dev.sluice.source.place;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A text with parts in braces. A brace that is meant is written twice; one that closes nothing stands for itself. */
public final class Braces {
    private Braces() {}

    /**
     * Its parts in their order, those between the braces as {@code literal} has them, and never an empty one.
     *
     * @throws IllegalArgumentException for a brace that nothing closes, and whatever the functions throw
     */
    public static <T> List<T> split(String text, Function<String, T> literal, Function<String, T> part) {
        List<T> parts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isTwice = (c == '{' || c == '}') && i + 1 < text.length() && text.charAt(i + 1) == c;
            if (c != '{' || isTwice) {
                plain.append(c);
                i += isTwice ? 1 : 0;
                continue;
            }
            int end = text.indexOf('}', i);
            if (end < 0) {
                throw new IllegalArgumentException("a brace without its other");
            }
            add(parts, plain, literal);
            parts.add(part.apply(text.substring(i + 1, end)));
            i = end;
        }
        add(parts, plain, literal);
        return parts;
    }

    private static <T> void add(List<T> parts, StringBuilder plain, Function<String, T> literal) {
        if (plain.length() > 0) {
            parts.add(literal.apply(plain.toString()));
            plain.setLength(0);
        }
    }
}
