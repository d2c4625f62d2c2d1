package dev.sluice.redis;

import java.util.List;

/** The error answers of Redis that mean "not now" rather than "not like this". */
final class Temporary {
    private static final List<String> CODES = List.of(
            "LOADING",
            "READONLY",
            "MASTERDOWN",
            "CLUSTERDOWN",
            "TRYAGAIN",
            "NOREPLICAS",
            "MISCONF",
            "OOM",
            "BUSY",
            "CONNECTION_CLOSED");

    private Temporary() {}

    /** Batches prefix the code with {@code ERR [index]}. */
    static boolean isTemporary(String message) {
        return CODES.stream().anyMatch(code -> message.startsWith(code) || message.contains("] " + code));
    }
}
