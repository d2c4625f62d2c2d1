package dev.sluice.sim.redis;

/**
 * What Redis answers: a {@link Long}, a {@link String} (one character for each byte), a list of answers, null, or one of these.
 */
sealed interface Reply {
    Status OK = new Status("OK");

    record Status(String text) implements Reply {}

    record Refusal(String message) implements Reply {}
}
