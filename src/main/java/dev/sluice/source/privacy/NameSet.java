package dev.sluice.source.privacy;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** Names without regard to case. Most of what is asked for is refused by its length. */
final class NameSet {
    private static final int MAX_BIT = Long.SIZE - 1;

    private final Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    /** Bit n: there is a name of n characters; the last bit is for all longer ones. */
    private final long lengths;

    NameSet(Collection<String> names) {
        this.names.addAll(names);
        long bits = 0;
        for (String name : names) {
            bits |= bit(name);
        }
        this.lengths = bits;
    }

    boolean contains(String name) {
        return (lengths & bit(name)) != 0 && names.contains(name);
    }

    private static long bit(String name) {
        return 1L << Math.min(name.length(), MAX_BIT);
    }
}
