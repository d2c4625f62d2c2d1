package dev.sluice.boot;

import java.nio.file.InvalidPathException;

/** The pod cannot start. The message is one line for the operator; there is no stack trace. */
public final class StartFailure extends RuntimeException {
    public StartFailure(String reason) {
        super(reason, null, false, false);
    }

    /** Of whatever was thrown: a path that this process cannot write hides behind other failures. */
    public static StartFailure of(Throwable thrown) {
        if (thrown instanceof StartFailure failure) {
            return failure;
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidPathException path) {
                return new StartFailure(
                        "path: %s has letters that do not exist in the locale of this process (expected: LC_ALL=C.UTF-8, or"
                                        .formatted(path.getInput())
                                + " another locale of UTF-8, in its environment)");
            }
        }
        return new StartFailure(String.valueOf(thrown.getMessage()));
    }
}
