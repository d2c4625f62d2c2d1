package dev.sluice.redis;

import dev.sluice.redis.cluster.Slots;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The hash tags of what is numbered: partitions, shards, pulses. The first so many of a kind lie evenly over the slots,
 * whatever their number (it is best as a power of two): masters that hold contiguous ranges have equal shares, within one.
 * A number never changes its place, so that more can be added.
 *
 * <p>How: number n belongs into the part of the slots that its bits say in reverse (the sequence of van der Corput), and the
 * tag is its name with the first suffix that leads there. Any thread.
 *
 * <p>Why not the bare names: of {@code f0} to {@code f7}, three masters would have 1, 3 and 4.
 */
final class Tags {
    private static final int PARTS = 256;
    private static final int SLOTS_OF_PART = Slots.COUNT / PARTS;
    private static final char BEFORE_SUFFIX = '-';
    private static final Map<String, String> KNOWN = new ConcurrentHashMap<>();

    private Tags() {}

    /** @param name that ends with its number, such as {@code f12}; another one is its own tag */
    static String of(String name) {
        String known = KNOWN.get(name);
        return known == null ? KNOWN.computeIfAbsent(name, Tags::find) : known;
    }

    /** What it is the tag of. */
    static String name(String tag) {
        int suffix = tag.lastIndexOf(BEFORE_SUFFIX);
        return suffix < 0 ? tag : tag.substring(0, suffix);
    }

    private static String find(String name) {
        int digits = name.length();
        while (digits > 0 && Character.isDigit(name.charAt(digits - 1))) {
            digits--;
        }
        if (digits == name.length()) {
            return name;
        }
        int number = Integer.parseInt(name, digits, name.length(), 10) % PARTS;
        int part = Integer.reverse(number) >>> (Integer.SIZE - Integer.numberOfTrailingZeros(PARTS));
        int suffix = 0;
        String tag = name + BEFORE_SUFFIX + suffix;
        while (Slots.of(tag) / SLOTS_OF_PART != part) {
            tag = name + BEFORE_SUFFIX + ++suffix;
        }
        return tag;
    }
}
