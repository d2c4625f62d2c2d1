package dev.sluice.journal.redis;

import dev.sluice.event.Attributes;
import dev.sluice.event.Draft;
import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event as the fields of a stream entry: each attribute under its own name, so that {@code XRANGE} is readable, and
 * the rest under names that no attribute can have.
 */
final class EventFields {
    static final String DATA = "$data";
    static final String DIALECT = "$dialect";
    /** The names of the attributes that came as a boolean or an integer, with a space between. */
    static final String BARE = "$bare";

    private static final String RESERVED = "$";

    private EventFields() {}

    static int count(Draft draft) {
        int attributes =
                2 * draft.attributes().size() + (draft.attributes().bare().isEmpty() ? 0 : 2);
        return attributes + (draft.dialect() == null ? 2 : 4);
    }

    static void write(Draft draft, Request request) {
        Attributes attributes = draft.attributes();
        for (int i = 0; i < attributes.size(); i++) {
            request.arg(attributes.name(i)).arg(attributes.value(i));
        }
        if (!attributes.bare().isEmpty()) {
            request.arg(BARE).arg(String.join(" ", attributes.bare()));
        }
        if (draft.dialect() != null) {
            request.arg(DIALECT).arg(draft.dialect());
        }
        request.arg(DATA).arg(draft.data());
    }

    /**
     * What a newer version stored under a name that no attribute can have is left out.
     *
     * @param fields name, value, name, value
     * @throws IllegalArgumentException for what is no event of ours
     */
    static Event read(EventId id, Response fields) {
        int size = fields.size();
        String[] pairs = new String[size];
        int at = 0;
        @Nullable String dialect = null;
        List<String> bare = List.of();
        Buffer data = Buffer.buffer();
        for (int i = 0; i < size; i += 2) {
            String name = fields.get(i).toString();
            Response value = fields.get(i + 1);
            if (name.equals(DATA)) {
                data = value.toBuffer();
            } else if (name.equals(DIALECT)) {
                dialect = value.toString();
            } else if (name.equals(BARE)) {
                bare = List.of(value.toString().split(" "));
            } else if (!name.startsWith(RESERVED)) {
                pairs[at++] = name;
                pairs[at++] = value.toString();
            }
        }
        Attributes attributes = complete(Attributes.of(Arrays.copyOf(pairs, at)));
        return new Event(id, bare.isEmpty() ? attributes : attributes.withBare(bare), data, dialect);
    }

    private static Attributes complete(Attributes attributes) {
        if (attributes.get(Attributes.TYPE) == null || attributes.get(Attributes.SOURCE) == null) {
            throw new IllegalArgumentException("entry: no event (expected: at least type and source)");
        }
        return attributes;
    }
}
