package dev.sluice.secrets;

/** A stored secret cannot be decrypted; the message says which and why, and holds nothing of it. */
public final class UnreadableSecret extends RuntimeException {
    UnreadableSecret(String place, String reason) {
        super("%s: cannot be decrypted, %s".formatted(place, reason));
    }
}
