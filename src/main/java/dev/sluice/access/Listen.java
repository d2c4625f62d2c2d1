package dev.sluice.access;

/** Where the API may listen. */
public sealed interface Listen {
    /** @param host the address to bind */
    record On(String host) implements Listen {}

    /** @param reason one sentence: why not, and what to set */
    record Refused(String reason) implements Listen {}
}
