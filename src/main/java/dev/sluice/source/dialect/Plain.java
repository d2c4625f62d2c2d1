package dev.sluice.source.dialect;

import dev.sluice.event.Attributes;
import org.jspecify.annotations.Nullable;

/** Values from bodies that may become attributes: short, and without control characters and half surrogate pairs. */
public final class Plain {
    static final int MAX_LENGTH = 1024;
    /** Of what is no part of a key. */
    public static final int MAX_VALUE = 8192;

    private Plain() {}

    public static boolean isPlain(String value) {
        return isPlain(value, MAX_LENGTH);
    }

    public static boolean isPlain(String value, int maxLength) {
        return !value.isEmpty()
                && value.length() <= maxLength
                && value.codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }

    /** Leaves out what is missing, and what cannot be an attribute: the body has it. */
    public static void set(Attributes.Builder attributes, String name, @Nullable String value) {
        if (value != null && isPlain(value)) {
            attributes.set(name, value);
        }
    }

    /**
     * Sets the partition key: the entity, of this source. None, if one of its parts is missing: events about nobody knows
     * what need not wait for each other.
     */
    public static void setEntity(Attributes.Builder attributes, @Nullable String... parts) {
        StringBuilder key = new StringBuilder().append(attributes.get(Attributes.SOURCE));
        for (String part : parts) {
            if (part == null || !isPlain(part)) {
                return;
            }
            key.append('/').append(part);
        }
        attributes.set(Attributes.PARTITION_KEY, key.toString());
    }
}
