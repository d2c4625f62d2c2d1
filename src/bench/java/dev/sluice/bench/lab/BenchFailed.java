package dev.sluice.bench.lab;

/** The benchmark cannot go on; the message is for the terminal. */
public final class BenchFailed extends RuntimeException {
    public BenchFailed(String message) {
        super(message);
    }

    public BenchFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
