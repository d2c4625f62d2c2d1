package dev.sluice.subscription.filter;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A pattern over symbols of any kind, in which one symbol stands for any, and another for any number of them. Immutable;
 * any thread.
 *
 * <p>How it works: all ways through the pattern are followed at once, one bit each; bit {@code i} says that what was read
 * so far may have come to place {@code i} (Baeza-Yates and Gonnet, "A new approach to text searching", 1992). So the cost
 * is {@link #words} steps for each symbol that is read, whatever the pattern and the text are.
 *
 * <p>Why not go back to the last wildcard where a way ends: with two of them in one pattern the cost is the length of
 * the text times the length of the pattern, and where every wildcard is gone back to, more than anyone can wait for.
 */
public final class Wildcards<S> {
    private final int words;
    private final int places;
    /** For each symbol of the pattern the places that it, or any, is taken at. */
    private final Map<S, long[]> takes = new HashMap<>();
    /** Places that take any symbol. */
    private final long[] any;
    /** Places that take any symbol, and stay. */
    private final long[] stays;

    /**
     * @param one  stands for any symbol
     * @param rest stands for any number of them
     */
    public Wildcards(List<S> pattern, S one, S rest) {
        int end = 0;
        boolean afterRest = false;
        words = pattern.size() / Long.SIZE + 1;
        any = new long[words];
        stays = new long[words];
        for (S symbol : pattern) {
            boolean isRest = symbol.equals(rest);
            if (isRest && afterRest) {
                continue; // as good as one
            }
            if (isRest) {
                set(stays, end);
            } else {
                set(symbol.equals(one) ? any : takes.computeIfAbsent(symbol, first -> new long[words]), end);
            }
            afterRest = isRest;
            end++;
        }
        places = end;
        takes.values().forEach(taken -> {
            for (int word = 0; word < words; word++) {
                taken[word] |= any[word];
            }
        });
    }

    /** The steps that one symbol of a text costs. */
    int words() {
        return words;
    }

    public boolean matches(Iterable<S> text) {
        long[] ways = new long[words];
        ways[0] = 1;
        skipRests(ways);
        for (S symbol : text) {
            take(ways, takes.getOrDefault(symbol, any));
            skipRests(ways);
        }
        return ((ways[places / Long.SIZE] >>> places) & 1) != 0;
    }

    private void take(long[] ways, long[] taken) {
        long carried = 0;
        for (int word = 0; word < words; word++) {
            long moved = ways[word] & taken[word];
            ways[word] = (moved << 1) | carried | (ways[word] & stays[word]);
            carried = moved >>> (Long.SIZE - 1);
        }
    }

    /** No two of them stand side by side: one step is enough. */
    private void skipRests(long[] ways) {
        long carried = 0;
        for (int word = 0; word < words; word++) {
            long skipped = ways[word] & stays[word];
            ways[word] |= (skipped << 1) | carried;
            carried = skipped >>> (Long.SIZE - 1);
        }
    }

    private static void set(long[] bits, int place) {
        bits[place / Long.SIZE] |= 1L << place;
    }
}
