package dev.sluice.bench.worker;

import java.time.Instant;
import java.time.InstantSource;

/** Wall-clock time in microseconds: the one clock that processes of a machine share by contract. */
record EpochMicros(InstantSource source) {
    long now() {
        Instant instant = source.instant();
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }
}
