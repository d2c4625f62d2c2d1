package dev.sluice.trace;

/** Numbers that look like chance and are the same in every pod; no secret hangs on them. */
final class Mix {
    private static final long PRIME = 0x100000001b3L;

    private Mix() {}

    /** FNV-1a, and the end of MurmurHash3, which spreads it over all bits. Never zero, which is no id of a trace or a span. */
    static long of(long seed, String text) {
        long hash = 0xcbf29ce484222325L ^ finish(seed);
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return nonZero(finish(hash));
    }

    static long of(long seed, long other) {
        return nonZero(finish(finish(seed) ^ other));
    }

    private static long nonZero(long hash) {
        return hash == 0 ? 1 : hash;
    }

    private static long finish(long bits) {
        long hash = (bits ^ bits >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 33;
    }
}
