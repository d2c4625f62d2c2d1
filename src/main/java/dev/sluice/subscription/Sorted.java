package dev.sluice.subscription;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An immutable set of things that have a string key, in the order of the keys.
 *
 * <p>How it works: short sorted arrays behind one array of them. A change copies one short array and the outer one, so
 * that with 100 000 things it copies about a thousand references; everything else is shared with the set before.
 *
 * <p>Why not a hash trie: it has no order, and pages of webhooks need one; why not a balanced tree: it costs 24 bytes a
 * thing where this costs five.
 */
final class Sorted<T> {
    private static final int MAX_CHUNK = 256;
    private static final Object[][] NONE = {};

    /** None is empty. */
    private final Object[][] chunks;

    private final Function<? super T, String> key;
    private final int size;

    private Sorted(Object[][] chunks, Function<? super T, String> key, int size) {
        this.chunks = chunks;
        this.key = key;
        this.size = size;
    }

    static <T> Sorted<T> empty(Function<? super T, String> key) {
        return new Sorted<>(NONE, key, 0);
    }

    /** Of things that are sorted already, each key once. */
    static <T> Sorted<T> of(List<T> sorted, Function<? super T, String> key) {
        int half = MAX_CHUNK / 2;
        boolean small = sorted.size() <= MAX_CHUNK;
        int perChunk = small ? Math.max(1, sorted.size()) : half + half / 2;
        Object[][] chunks = new Object[(sorted.size() + perChunk - 1) / perChunk][];
        for (int i = 0; i < chunks.length; i++) {
            int from = i * perChunk;
            chunks[i] = sorted.subList(from, Math.min(sorted.size(), from + perChunk))
                    .toArray();
        }
        return new Sorted<>(chunks, key, sorted.size());
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    @Nullable
    T get(String wanted) {
        int chunk = chunkOf(wanted);
        if (chunk < 0) {
            return null;
        }
        int at = find(chunks[chunk], wanted);
        return at < 0 ? null : at(chunks[chunk], at);
    }

    void forEach(Consumer<? super T> action) {
        for (Object[] chunk : chunks) {
            for (int i = 0; i < chunk.length; i++) {
                action.accept(at(chunk, i));
            }
        }
    }

    /** At most {@code limit} things whose keys are greater than {@code after}. */
    List<T> after(String after, int limit) {
        List<T> page = new ArrayList<>(Math.min(limit, size));
        for (int c = Math.max(0, chunkOf(after)); c < chunks.length; c++) {
            int found = find(chunks[c], after);
            for (int i = found < 0 ? -found - 1 : found + 1; i < chunks[c].length; i++) {
                if (page.size() == limit) {
                    return page;
                }
                page.add(at(chunks[c], i));
            }
        }
        return page;
    }

    /** In place of the one with the same key, if there is one. */
    Sorted<T> with(T thing) {
        String wanted = key.apply(thing);
        if (size == 0) {
            return new Sorted<>(new Object[][] {{thing}}, key, 1);
        }
        int chunk = Math.max(0, chunkOf(wanted));
        int at = find(chunks[chunk], wanted);
        if (at >= 0) {
            Object[] replaced = chunks[chunk].clone();
            replaced[at] = thing;
            return new Sorted<>(splice(chunk, 1, replaced), key, size);
        }
        Object[] longer = inserted(chunks[chunk], -at - 1, thing);
        if (longer.length <= MAX_CHUNK) {
            return new Sorted<>(splice(chunk, 1, longer), key, size + 1);
        }
        int middle = longer.length / 2;
        return new Sorted<>(
                splice(chunk, 1, Arrays.copyOf(longer, middle), Arrays.copyOfRange(longer, middle, longer.length)),
                key,
                size + 1);
    }

    Sorted<T> without(String unwanted) {
        int chunk = chunkOf(unwanted);
        int at = chunk < 0 ? -1 : find(chunks[chunk], unwanted);
        if (at < 0) {
            return this;
        }
        Object[] shorter = removed(chunks[chunk], at);
        if (shorter.length == 0) {
            return new Sorted<>(splice(chunk, 1), key, size - 1);
        }
        boolean fitsNext = chunk + 1 < chunks.length && shorter.length + chunks[chunk + 1].length <= MAX_CHUNK / 2;
        return fitsNext
                ? new Sorted<>(splice(chunk, 2, joined(shorter, chunks[chunk + 1])), key, size - 1)
                : new Sorted<>(splice(chunk, 1, shorter), key, size - 1);
    }

    /** The last chunk that starts at or before the key; -1 if all start after it. */
    private int chunkOf(String wanted) {
        int low = 0;
        int high = chunks.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (key.apply(at(chunks[middle], 0)).compareTo(wanted) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    /** The place of the key, or {@code -place - 1} where it would go. */
    private int find(Object[] chunk, String wanted) {
        int low = 0;
        int high = chunk.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = key.apply(at(chunk, middle)).compareTo(wanted);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    @SuppressWarnings("unchecked")
    private T at(Object[] chunk, int place) {
        return (T) chunk[place];
    }

    /** The chunks, with {@code count} of them replaced. */
    private Object[][] splice(int from, int count, Object[]... replacement) {
        Object[][] spliced = new Object[chunks.length - count + replacement.length][];
        System.arraycopy(chunks, 0, spliced, 0, from);
        System.arraycopy(replacement, 0, spliced, from, replacement.length);
        System.arraycopy(chunks, from + count, spliced, from + replacement.length, chunks.length - from - count);
        return spliced;
    }

    private static Object[] inserted(Object[] chunk, int place, Object thing) {
        Object[] longer = new Object[chunk.length + 1];
        System.arraycopy(chunk, 0, longer, 0, place);
        longer[place] = thing;
        System.arraycopy(chunk, place, longer, place + 1, chunk.length - place);
        return longer;
    }

    private static Object[] removed(Object[] chunk, int place) {
        Object[] shorter = new Object[chunk.length - 1];
        System.arraycopy(chunk, 0, shorter, 0, place);
        System.arraycopy(chunk, place + 1, shorter, place, shorter.length - place);
        return shorter;
    }

    private static Object[] joined(Object[] first, Object[] second) {
        Object[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
