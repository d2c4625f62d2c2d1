package dev.sluice.subscription.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of {@code LIKE} (CESQL 1.0, section 3.4.3): {@code %} is any text, {@code _} any character, and a backslash
 * before either takes its meaning away. Immutable; any thread.
 *
 * <p>What stands before the first {@code %} and after the last is looked at in its place, which is all that most patterns
 * have. Where there is something between two of them, all of it is matched in one pass, {@link Wildcards}: the cost is the
 * length of the text times a 64th of the length of the pattern, which no regular expression with several {@code .*} promises.
 */
final class LikePattern {
    /** Stands for any character; no code point is negative. */
    private static final int ANY = -1;

    /** Stands for any text. */
    private static final int REST = -2;

    private final int[] first;
    /** After the last {@code %}; null if there is none. */
    private final int @Nullable [] last;
    /** The whole pattern; null where its ends say everything. */
    private final @Nullable Wildcards<Integer> whole;

    private LikePattern(List<Integer> symbols) {
        int from = symbols.indexOf(REST);
        int to = symbols.lastIndexOf(REST);
        first = ints(from < 0 ? symbols : symbols.subList(0, from));
        last = from < 0 ? null : ints(symbols.subList(to + 1, symbols.size()));
        whole = from == to ? null : new Wildcards<>(symbols, ANY, REST);
    }

    static LikePattern of(String pattern) {
        int[] given = pattern.codePoints().toArray();
        List<Integer> symbols = new ArrayList<>();
        for (int i = 0; i < given.length; i++) {
            int next = i + 1 < given.length ? given[i + 1] : ANY;
            if (given[i] == '\\' && (next == '%' || next == '_')) {
                symbols.add(next);
                i++;
            } else {
                symbols.add(given[i] == '%' ? REST : given[i] == '_' ? ANY : given[i]);
            }
        }
        return new LikePattern(symbols);
    }

    private static int[] ints(List<Integer> symbols) {
        return symbols.stream().mapToInt(Integer::intValue).toArray();
    }

    boolean matches(String value) {
        int[] text = value.codePoints().toArray();
        if (last == null) {
            return text.length == first.length && fits(text, 0, first);
        }
        int end = text.length - last.length;
        boolean endsFit = end >= first.length && fits(text, 0, first) && fits(text, end, last);
        return endsFit
                && (whole == null || whole.matches(() -> Arrays.stream(text).iterator()));
    }

    private static boolean fits(int[] text, int at, int[] piece) {
        for (int i = 0; i < piece.length; i++) {
            if (piece[i] != ANY && piece[i] != text[at + i]) {
                return false;
            }
        }
        return true;
    }
}
