package dev.sluice.delivery.send.transform;

/** What a transformation came to. */
public sealed interface Transformed {
    /** @param json a JSON value in UTF-8; frozen */
    @SuppressWarnings("ArrayRecordComponent")
    record Body(byte[] json) implements Transformed {}

    /** @param detail for a person: one line, bounded */
    record Failed(String detail) implements Transformed {}
}
