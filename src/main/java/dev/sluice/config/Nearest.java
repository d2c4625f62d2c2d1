package dev.sluice.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which name was meant. */
public final class Nearest {
    private static final int TYPO = 2;
    /** Characters of what somebody may have meant: the work grows with both lengths. */
    private static final int MOST = 64;

    private Nearest() {}

    /** The name that takes the fewest edits to get to; {@code names} holds one at least. */
    public static String to(String written, Collection<String> names) {
        String wanted = written.toLowerCase(Locale.ROOT);
        return names.stream()
                .min(Comparator.comparingInt(name -> edits(wanted, name.toLowerCase(Locale.ROOT))))
                .orElseThrow();
    }

    /** The nearest name, if it is so near that it was meant. */
    public static Optional<String> guess(String written, Collection<String> names) {
        if (names.isEmpty() || written.length() > MOST) {
            return Optional.empty();
        }
        String nearest = to(written, names);
        int most = Math.min(TYPO, written.length() / 2);
        return Optional.of(nearest)
                .filter(name -> edits(written.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT)) <= most);
    }

    /** Characters to insert, remove or replace (Levenshtein). */
    static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= from.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= to.length(); column++) {
                int replaced = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[to.length()];
    }
}
