package dev.sluice.trace;

/** The receiver answered, and did not take what it was sent. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    Refused(int status) {
        super("the receiver of traces answered %d (expected: 2xx)".formatted(status), null, false, false);
        this.status = status;
    }

    /** By OTLP/HTTP: whether the same may be sent again. */
    boolean isForNow() {
        return status == 429 || status == 502 || status == 503 || status == 504;
    }
}
