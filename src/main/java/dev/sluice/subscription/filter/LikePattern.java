package dev.sluice.subscription.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A pattern of {@code LIKE} (CESQL 1.0, section 3.4.3): {@code %} is any text, {@code _} any character, and a backslash
 * before either takes its meaning away. Immutable; any thread.
 *
 * <p>What stands between two {@code %} is looked for from left to right, and found once: the first place where it fits is
 * as good as any later one, because {@code %} takes what follows. So the cost is at most the length of the text times the
 * length of the pattern, which no regular expression with several {@code .*} promises.
 */
final class LikePattern {
    /** Stands for any character; no code point is negative. */
    private static final int ANY = -1;

    /** What stands before the first {@code %}, between each two, and after the last; one piece if there is none. */
    private final List<int[]> pieces;

    private LikePattern(List<int[]> pieces) {
        this.pieces = pieces;
    }

    static LikePattern of(String pattern) {
        int[] given = pattern.codePoints().toArray();
        List<int[]> pieces = new ArrayList<>();
        IntStream.Builder piece = IntStream.builder();
        for (int i = 0; i < given.length; i++) {
            int next = i + 1 < given.length ? given[i + 1] : ANY;
            if (given[i] == '\\' && (next == '%' || next == '_')) {
                piece.add(next);
                i++;
            } else if (given[i] == '%') {
                pieces.add(piece.build().toArray());
                piece = IntStream.builder();
            } else {
                piece.add(given[i] == '_' ? ANY : given[i]);
            }
        }
        pieces.add(piece.build().toArray());
        return new LikePattern(List.copyOf(pieces));
    }

    boolean matches(String value) {
        int[] text = value.codePoints().toArray();
        int[] first = pieces.get(0);
        if (pieces.size() == 1) {
            return text.length == first.length && fits(text, 0, first);
        }
        int[] last = pieces.get(pieces.size() - 1);
        int end = text.length - last.length;
        if (end < first.length || !fits(text, 0, first) || !fits(text, end, last)) {
            return false;
        }
        int from = first.length;
        for (int[] piece : pieces.subList(1, pieces.size() - 1)) {
            int at = find(text, from, end, piece);
            if (at < 0) {
                return false;
            }
            from = at + piece.length;
        }
        return true;
    }

    private static int find(int[] text, int from, int end, int[] piece) {
        for (int at = from; at + piece.length <= end; at++) {
            if (fits(text, at, piece)) {
                return at;
            }
        }
        return -1;
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
