package dev.sluice.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a key may do. {@code ADMIN} may everything; {@code MANAGE} may also {@code READ}. */
public enum Role {
    /** Everything, keys included. */
    ADMIN,
    /** Webhooks, sources, deliveries, dead letters: read and change. */
    MANAGE,
    /** Post events. */
    PUBLISH,
    /** Look, change nothing. */
    READ;

    public boolean includes(Role needed) {
        return this == ADMIN || this == needed || (this == MANAGE && needed == READ);
    }

    /** As the API writes it: {@code manage}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}
