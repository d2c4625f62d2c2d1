package dev.sluice.access;

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
}
