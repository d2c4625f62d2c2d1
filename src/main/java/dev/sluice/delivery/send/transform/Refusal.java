package dev.sluice.delivery.send.transform;

/** Ends an evaluation from within; says why to a person. Without a stack: it is an outcome, and not rare. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Refusal(String reason, Object... arguments) {
        super(reason.formatted(arguments), null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
