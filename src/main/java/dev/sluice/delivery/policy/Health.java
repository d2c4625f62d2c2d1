package dev.sluice.delivery.policy;

/** What an attempt tells about the health of its endpoint, for the {@link Circuit}. */
public enum Health {
    WELL,
    UNWELL,
    /** Nothing: the endpoint was not asked. */
    UNKNOWN
}
