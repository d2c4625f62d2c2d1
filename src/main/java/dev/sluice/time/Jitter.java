package dev.sluice.time;

import java.util.concurrent.ThreadLocalRandom;

/** Chance, as a parameter: a value in [0, 1). */
@FunctionalInterface
public interface Jitter {
    Jitter RANDOM = () -> ThreadLocalRandom.current().nextDouble();

    /** Always the middle: a symmetric jitter adds nothing. */
    Jitter NONE = () -> 0.5;

    double next();
}
