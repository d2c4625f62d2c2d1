package dev.sluice.warmup;

import java.time.Duration;

/** Whether the compiler has little left to do, from what it took in one second after the other. Confined to who asks. */
final class Settling {
    /** Between two looks. */
    static final Duration LOOK = Duration.ofSeconds(1);

    /** Of a look, which a pod that has been warm for long takes now and then. */
    private static final long LITTLE_MILLIS = LOOK.toMillis() / 20;

    /** One after the other, since it rests while a method is not yet called often enough. */
    private static final int LOOKS = 3;

    private long before;
    private int calm;

    /** @param before what the compiler had taken at the start */
    Settling(long before) {
        this.before = before;
    }

    /** @param taken milliseconds that the compiler took until now, on all of its threads */
    boolean look(long taken) {
        calm = taken - before <= LITTLE_MILLIS ? calm + 1 : 0;
        before = taken;
        return calm >= LOOKS;
    }
}
