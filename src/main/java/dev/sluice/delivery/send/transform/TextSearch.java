package dev.sluice.delivery.send.transform;

import org.jspecify.annotations.Nullable;

/** Finds one text in others. {@code String.indexOf} compares again from each place: a long run of {@code a} takes hours. */
final class TextSearch {
    private static final int SHORT = 16;

    private final String token;
    /** Of Knuth, Morris and Pratt: how much of the beginning is read again at the end; null for a short one. */
    private final int @Nullable [] borders;

    TextSearch(String token, Budget budget) {
        this.token = token;
        if (token.length() <= SHORT) {
            this.borders = null;
        } else {
            budget.charge(4L * token.length());
            budget.promise(4L * token.length());
            this.borders = borders(token);
        }
    }

    private static int[] borders(String token) {
        int[] borders = new int[token.length()];
        int matched = 0;
        for (int i = 1; i < token.length(); i++) {
            matched = extend(token, borders, matched, token.charAt(i));
            borders[i] = matched;
        }
        return borders;
    }

    private static int extend(String token, int[] borders, int matched, char c) {
        int most = matched;
        while (most > 0 && token.charAt(most) != c) {
            most = borders[most - 1];
        }
        return token.charAt(most) == c ? most + 1 : most;
    }

    /** -1 if there is none from there on. */
    int in(String text, int from) {
        if (borders == null) {
            return text.indexOf(token, from);
        }
        int matched = 0;
        for (int i = from; i < text.length(); i++) {
            matched = extend(token, borders, matched, text.charAt(i));
            if (matched == token.length()) {
                return i - matched + 1;
            }
        }
        return -1;
    }
}
