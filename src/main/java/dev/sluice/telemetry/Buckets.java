package dev.sluice.telemetry;

import java.time.Duration;
import java.util.Arrays;

/** The bounds of every histogram of time: a part of one ladder, so that two of them can be laid over each other. */
final class Buckets {
    private static final Duration[] LADDER = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(15),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(30),
        Duration.ofHours(2),
        Duration.ofDays(1)
    };

    private Buckets() {}

    static Duration[] between(Duration least, Duration most) {
        return Arrays.stream(LADDER)
                .filter(step -> step.compareTo(least) >= 0 && step.compareTo(most) <= 0)
                .toArray(Duration[]::new);
    }
}
