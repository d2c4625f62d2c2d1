package dev.sluice.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of an event, in the order in which they came: CloudEvents context attributes and extensions, all as
 * their canonical strings. Immutable. Look-up is a walk: an event has about ten.
 */
public final class Attributes {
    public static final String ID = "id";
    public static final String SOURCE = "source";
    public static final String TYPE = "type";
    public static final String TIME = "time";
    public static final String SUBJECT = "subject";
    public static final String DATA_CONTENT_TYPE = "datacontenttype";
    public static final String DATA_SCHEMA = "dataschema";
    public static final String TENANT = "tenant";
    public static final String PARTITION_KEY = "partitionkey";
    /** On an event whose source was switched off when it came: it is recorded, and for nobody. Only ingest sets it. */
    public static final String MUTED = "sluicemuted";

    public static final String TRACE_PARENT = "traceparent";

    /** Name, value, name, value. */
    private final String[] pairs;

    private Attributes(String[] pairs) {
        this.pairs = pairs;
    }

    /** Takes name, value, name, value, without a copy; the names must be distinct. */
    public static Attributes of(String... pairs) {
        if (pairs.length % 2 != 0) {
            throw new IllegalArgumentException("attributes: %d strings (expected: pairs)".formatted(pairs.length));
        }
        return new Attributes(pairs);
    }

    public static Builder builder() {
        return new Builder();
    }

    public @Nullable String get(String name) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equals(name)) {
                return pairs[i + 1];
            }
        }
        return null;
    }

    public int size() {
        return pairs.length / 2;
    }

    public String name(int index) {
        return pairs[2 * index];
    }

    public String value(int index) {
        return pairs[2 * index + 1];
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Attributes that && Arrays.equals(pairs, that.pairs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(pairs);
    }

    @Override
    public String toString() {
        return "Attributes" + Arrays.toString(pairs);
    }

    /** Collects attributes; a name set twice keeps its first place and its last value. */
    public static final class Builder {
        private final List<String> pairs = new ArrayList<>(20);

        private Builder() {}

        public Builder set(String name, String value) {
            for (int i = 0; i < pairs.size(); i += 2) {
                if (pairs.get(i).equals(name)) {
                    pairs.set(i + 1, value);
                    return this;
                }
            }
            pairs.add(name);
            pairs.add(value);
            return this;
        }

        public @Nullable String get(String name) {
            for (int i = 0; i < pairs.size(); i += 2) {
                if (pairs.get(i).equals(name)) {
                    return pairs.get(i + 1);
                }
            }
            return null;
        }

        public Attributes build() {
            return new Attributes(pairs.toArray(String[]::new));
        }
    }
}
