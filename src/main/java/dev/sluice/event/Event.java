package dev.sluice.event;

import io.vertx.core.buffer.Buffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened, as the journal holds it.
 *
 * @param data frozen by convention: nobody writes to it after the event was made
 * @param dialect the dialect of a CMS source, or null for a plain producer
 */
public record Event(
        EventId id,
        Attributes attributes,
        Buffer data,
        @Nullable String dialect) {
    public static final String DEFAULT_TENANT = "default";

    /** The source of events about Sluice itself; nobody else may use it. */
    public static final String OPERATIONS = "sluice";

    /** The dialect of any other system than the CMSs. */
    public static final String GENERIC = "generic";

    public String type() {
        return Objects.requireNonNull(attributes.get(Attributes.TYPE));
    }

    public String source() {
        return Objects.requireNonNull(attributes.get(Attributes.SOURCE));
    }

    public String tenant() {
        String tenant = attributes.get(Attributes.TENANT);
        return tenant == null ? DEFAULT_TENANT : tenant;
    }

    /** What it takes: the bytes of the data and the characters of the attributes. */
    public int bytes() {
        int sum = data.length();
        for (int i = 0; i < attributes.size(); i++) {
            sum += attributes.name(i).length() + attributes.value(i).length();
        }
        return sum;
    }

    /** Whether it is recorded only, and delivered to nobody. */
    public boolean isMuted() {
        return attributes.get(Attributes.MUTED) != null;
    }

    /** How the data is packed, as {@code Content-Encoding} says it; null: not at all. */
    public @Nullable String encoding() {
        return attributes.get(Attributes.ENCODING);
    }

    /** The producer's id of the event, or the gateway's where the producer gave none. */
    public String producerId() {
        String given = attributes.get(Attributes.ID);
        return given == null ? id.text() : given;
    }
}
