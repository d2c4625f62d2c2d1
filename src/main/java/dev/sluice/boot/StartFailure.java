package dev.sluice.boot;

/** The pod cannot start. The message is one line for the operator; there is no stack trace. */
public final class StartFailure extends RuntimeException {
    public StartFailure(String reason) {
        super(reason, null, false, false);
    }
}
