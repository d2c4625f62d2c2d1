package dev.sluice.delivery.send.token;

/** What an authorization server said. */
sealed interface Granted {
    /** @param text for {@code authorization: Bearer}; a secret */
    record Token(String text) implements Granted {
        @Override
        public String toString() {
            return "Token[***]";
        }
    }

    /** @param reason for a person; holds no secret */
    record Denied(String reason) implements Granted {}
}
