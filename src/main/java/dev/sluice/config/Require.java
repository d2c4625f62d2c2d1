package dev.sluice.config;

import java.time.Duration;
import java.util.Arrays;

/** Refuses a value with a message of the form {@code name: value (expected: …)}; the loader puts the path in front. */
final class Require {
    private Require() {}

    static void that(boolean holds, String message, Object... arguments) {
        if (!holds) {
            Object[] readable = Arrays.stream(arguments)
                    .map(argument -> argument instanceof Duration span ? Units.text(span) : argument)
                    .toArray();
            throw new IllegalArgumentException(message.formatted(readable));
        }
    }

    static void port(int port, String name) {
        that(port >= 0 && port <= 65535, "%s: %d (expected: 0 to 65535, 0 for any free port)", name, port);
    }

    static void positive(Duration duration, String name) {
        that(duration.toNanos() > 0, "%s: %s (expected: longer than 0)", name, duration);
    }
}
