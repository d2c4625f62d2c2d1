package dev.sluice.source.privacy;

/**
 * Something that was in a body and is not kept.
 *
 * @param rule    the setting that asked for it, such as {@code passwordFields}
 * @param pointer RFC 6901 pointer into the body as it came; a very long one is cut, and begins with {@code …}
 */
public record Redaction(String rule, String pointer, What what) {
    /** What became of the value. */
    public enum What {
        /** The member is gone, its name too. */
        REMOVED("removed"),
        /** The object has only its identity left: {@code id}, {@code _id}, {@code documentId}. */
        REDUCED("reduced to id"),
        /** Another value stands in its place. */
        MASKED("masked");

        private final String text;

        What(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }
}
