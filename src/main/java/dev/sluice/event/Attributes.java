package dev.sluice.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of an event, in the order in which they came: CloudEvents context attributes and extensions, all as
 * their canonical strings. Immutable. Look-up is a walk: an event has about ten.
 *
 * <p>An extension that came as a boolean or an integer is <em>bare</em>: JSON writes its string without quotes (CloudEvents
 * JSON format 1.0.2, section 2.2). Whether it is one or the other its string says. Hardly any event has one, so their names
 * are a list beside the pairs, which is empty.
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

    /** The producer's headers that deliveries carry, see {@link Carried}. Only ingest sets it; nothing shows it. */
    public static final String HEADERS = "sluiceheaders";

    /** How the data is packed: its bytes are those of {@code gzip}. Only ingest sets it; nothing shows it. */
    public static final String ENCODING = "sluiceencoding";

    public static final String TRACE_PARENT = "traceparent";
    public static final String TRACE_STATE = "tracestate";

    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,9})");

    /** Name, value, name, value. */
    private final String[] pairs;

    private final List<String> bare;

    private Attributes(String[] pairs, List<String> bare) {
        this.pairs = pairs;
        this.bare = bare;
    }

    /** Takes name, value, name, value, without a copy; the names must be distinct. */
    public static Attributes of(String... pairs) {
        if (pairs.length % 2 != 0) {
            throw new IllegalArgumentException("attributes: %d strings (expected: pairs)".formatted(pairs.length));
        }
        return new Attributes(pairs, List.of());
    }

    /** The same, of which these are bare; names of what is no boolean and no integer are passed over. */
    public Attributes withBare(List<String> names) {
        List<String> literals = names.stream()
                .filter(name -> {
                    String value = get(name);
                    return value != null && isLiteral(value);
                })
                .toList();
        return new Attributes(pairs, literals);
    }

    /** Whether it is of the gateway alone, and no part of the event that anybody sees. */
    public static boolean isInternal(String name) {
        return name.equals(HEADERS) || name.equals(ENCODING);
    }

    /** A boolean or an integer as JSON writes it; CloudEvents knows integers of 32 bits. */
    public static boolean isLiteral(String value) {
        return isBoolean(value) || (INTEGER.matcher(value).matches() && isInt(Long.parseLong(value)));
    }

    private static boolean isBoolean(String value) {
        return value.equals("true") || value.equals("false");
    }

    private static boolean isInt(long value) {
        return value == (int) value;
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

    /** The names of those that are bare. */
    public List<String> bare() {
        return bare;
    }

    public boolean isBare(int index) {
        return !bare.isEmpty() && bare.contains(name(index));
    }

    /** A string, or the boolean or integer that a bare one is. */
    public Object typed(int index) {
        String value = value(index);
        if (!isBare(index)) {
            return value;
        }
        return isBoolean(value) ? (Object) Boolean.valueOf(value) : Integer.valueOf(value);
    }

    /** As {@link #typed(int)}, by the name. */
    public @Nullable Object typed(String name) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equals(name)) {
                return typed(i / 2);
            }
        }
        return null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Attributes that && Arrays.equals(pairs, that.pairs) && bare.equals(that.bare);
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
        private List<String> bare = List.of();

        private Builder() {}

        /** Sets all of them, each as it is there. */
        public Builder setAll(Attributes attributes) {
            for (int i = 0; i < attributes.size(); i++) {
                set(attributes.name(i), attributes.value(i));
            }
            attributes.bare().forEach(this::bare);
            return this;
        }

        /** What this name is set to came as a boolean or an integer. */
        public Builder bare(String name) {
            if (bare.isEmpty()) {
                bare = new ArrayList<>(4);
            }
            bare.add(name);
            return this;
        }

        public Builder set(String name, String value) {
            if (!bare.isEmpty()) {
                bare.remove(name);
            }
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
            Attributes plain = new Attributes(pairs.toArray(String[]::new), List.of());
            return bare.isEmpty() ? plain : plain.withBare(bare);
        }
    }
}
