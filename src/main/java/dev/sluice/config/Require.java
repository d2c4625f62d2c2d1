package dev.sluice.config;

/** Refuses a value with a message of the form {@code value (expected: …)}; the loader puts the path in front. */
final class Require {
    private Require() {}

    static void that(boolean holds, String message, Object... arguments) {
        if (!holds) {
            throw new IllegalArgumentException(message.formatted(arguments));
        }
    }

    static void port(int port, String name) {
        that(port >= 0 && port <= 65535, "%s: %d (expected: 0 to 65535, 0 for any free port)", name, port);
    }

    static void positive(java.time.Duration duration, String name) {
        that(duration.toNanos() > 0, "%s: %s (expected: longer than 0)", name, duration);
    }
}
