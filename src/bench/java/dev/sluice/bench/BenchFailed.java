package dev.sluice.bench;

/** The benchmark cannot go on; the message is for the terminal. */
final class BenchFailed extends RuntimeException {
    BenchFailed(String message) {
        super(message);
    }

    BenchFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
