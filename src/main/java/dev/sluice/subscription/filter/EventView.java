package dev.sluice.subscription.filter;

import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.event.JsonType;
import io.cloudevents.CloudEvent;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One event as filters see it. Whatever costs more than a look-up is made when a filter first asks for it, and kept. Used
 * for the match of one event; not thread-safe.
 */
public final class EventView {
    private static final String SPEC_VERSION = "specversion";

    private final Event event;
    private final Supplier<? extends Iterable<Filter>> filters;

    private @Nullable Map<DataPointer, Object> values;
    private @Nullable CloudEvent cloudEvent;
    private int reads;

    /** @param filters all that will be asked about this event: the values that they point at are read together */
    public EventView(Event event, Supplier<? extends Iterable<Filter>> filters) {
        this.event = event;
        this.filters = filters;
    }

    /** Of those that every event has, the value is the one that a delivery shows. */
    @Nullable
    String attribute(String name) {
        return switch (name) {
            case Attributes.ID -> event.producerId();
            case Attributes.TENANT -> event.tenant();
            case SPEC_VERSION -> "1.0";
            default -> event.attributes().get(name);
        };
    }

    /** As {@link #attribute}; a boolean or an integer if it came as one. */
    @Nullable
    Object typed(String name) {
        return event.attributes().bare().contains(name) ? event.attributes().typed(name) : attribute(name);
    }

    /** @return a {@link JsonScalar}, or null if there is none at the place */
    @Nullable
    Object data(DataPointer pointer) {
        if (values == null) {
            values = read();
        }
        return values.get(pointer);
    }

    /** For the library that evaluates CESQL. */
    CloudEvent cloudEvent() {
        if (cloudEvent == null) {
            cloudEvent = new AttributesEvent(this, event.attributes());
        }
        return cloudEvent;
    }

    /** How many times the data was read: the cost of the match. */
    public int reads() {
        return reads;
    }

    private Map<DataPointer, Object> read() {
        if (event.data().length() == 0 || event.encoding() != null || !mayBeJson()) {
            return Map.of();
        }
        reads++;
        DataReader reader = new DataReader();
        Consumer<DataPointer> wanted = reader::want;
        filters.get().forEach(filter -> filter.eachPointer(wanted));
        return reader.read(event.data());
    }

    /** What another system sent keeps the type that it said, and may be JSON all the same: curl calls it a form. */
    private boolean mayBeJson() {
        return Event.GENERIC.equals(event.dialect())
                || JsonType.isOrUnsaid(event.attributes().get(Attributes.DATA_CONTENT_TYPE));
    }
}
