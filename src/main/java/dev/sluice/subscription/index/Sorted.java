package dev.sluice.subscription.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An immutable set of things that have a string key, in the order of the keys.
 *
 * <p>How it works: short sorted arrays ("chunks") behind one array of them; a single chunk stands for itself. A change
 * copies one chunk and the outer array, so that with 100 000 things it copies about a thousand references; everything
 * else is shared with the set before.
 *
 * <p>Why not a hash trie: it has no order, and pages of webhooks need one; why not a balanced tree: it costs 24 bytes a
 * thing where this costs five.
 */
final class Sorted<T> {
    private static final int MAX_CHUNK = 256;

    /** The things themselves, or chunks of them, none empty. */
    private final Object[] parts;

    private final Function<? super T, String> key;
    private final int size;

    private Sorted(Object[] parts, Function<? super T, String> key, int size) {
        this.parts = parts;
        this.key = key;
        this.size = size;
    }

    static <T> Sorted<T> empty(Function<? super T, String> key) {
        return new Sorted<>(new Object[0], key, 0);
    }

    /** Of things that are sorted already, each key once. */
    static <T> Sorted<T> of(List<T> sorted, Function<? super T, String> key) {
        if (sorted.size() <= MAX_CHUNK) {
            return new Sorted<>(sorted.toArray(), key, sorted.size());
        }
        int perChunk = MAX_CHUNK * 3 / 4;
        Object[] chunks = new Object[(sorted.size() + perChunk - 1) / perChunk];
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
        int at = find(chunk(chunk), wanted);
        return at < 0 ? null : at(chunk(chunk), at);
    }

    void forEach(Consumer<? super T> action) {
        for (int c = 0; c < chunks(); c++) {
            Object[] chunk = chunk(c);
            for (int i = 0; i < chunk.length; i++) {
                action.accept(at(chunk, i));
            }
        }
    }

    /** At most {@code limit} things whose keys are greater than {@code after}. */
    List<T> after(String after, int limit) {
        List<T> page = new ArrayList<>(Math.min(limit, size));
        for (int c = Math.max(0, chunkOf(after)); c < chunks(); c++) {
            Object[] chunk = chunk(c);
            int found = find(chunk, after);
            for (int i = found < 0 ? -found - 1 : found + 1; i < chunk.length; i++) {
                if (page.size() == limit) {
                    return page;
                }
                page.add(at(chunk, i));
            }
        }
        return page;
    }

    /** In place of the one with the same key, if there is one. */
    Sorted<T> with(T thing) {
        String wanted = key.apply(thing);
        int place = Math.max(0, chunkOf(wanted));
        Object[] chunk = chunk(place);
        int at = find(chunk, wanted);
        if (at >= 0) {
            Object[] replaced = chunk.clone();
            replaced[at] = thing;
            return spliced(place, 1, size, replaced);
        }
        Object[] longer = inserted(chunk, -at - 1, thing);
        if (longer.length <= MAX_CHUNK) {
            return spliced(place, 1, size + 1, longer);
        }
        int middle = longer.length / 2;
        Object[] left = Arrays.copyOf(longer, middle);
        Object[] right = Arrays.copyOfRange(longer, middle, longer.length);
        return spliced(place, 1, size + 1, left, right);
    }

    Sorted<T> without(String unwanted) {
        int place = chunkOf(unwanted);
        int at = place < 0 ? -1 : find(chunk(place), unwanted);
        if (at < 0) {
            return this;
        }
        Object[] shorter = removed(chunk(place), at);
        if (shorter.length == 0) {
            return spliced(place, 1, size - 1);
        }
        boolean last = place + 1 == chunks();
        if (last || shorter.length + chunk(place + 1).length > MAX_CHUNK / 2) {
            return spliced(place, 1, size - 1, shorter);
        }
        return spliced(place, 2, size - 1, joined(shorter, chunk(place + 1)));
    }

    private boolean isOneChunk() {
        return parts.length == 0 || !(parts[0] instanceof Object[]);
    }

    private int chunks() {
        return isOneChunk() ? 1 : parts.length;
    }

    private Object[] chunk(int place) {
        return isOneChunk() ? parts : (Object[]) parts[place];
    }

    /** The last chunk that starts at or before the key; -1 if all start after it. */
    private int chunkOf(String wanted) {
        int low = 0;
        int high = size == 0 ? -1 : chunks() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (key.apply(at(chunk(middle), 0)).compareTo(wanted) <= 0) {
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

    /** This set with other chunks in place of {@code count} of its own. */
    private Sorted<T> spliced(int from, int count, int newSize, Object[]... others) {
        int before = chunks();
        Object[] chunks = new Object[before - count + others.length];
        if (chunks.length == 0) {
            return empty(key);
        }
        for (int i = 0; i < chunks.length; i++) {
            boolean other = i >= from && i < from + others.length;
            chunks[i] = other ? others[i - from] : chunk(i < from ? i : i - others.length + count);
        }
        return new Sorted<>(chunks.length == 1 ? (Object[]) chunks[0] : chunks, key, newSize);
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
