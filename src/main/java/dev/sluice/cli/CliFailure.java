package dev.sluice.cli;

/** A command could not do what it was told to, for the reason that the message says. */
final class CliFailure extends RuntimeException {
    private final String reason;

    CliFailure(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    /** For people; a line for each thing that is wrong. */
    String reason() {
        return reason;
    }
}
