package dev.sluice.subscription.filter;

import dev.sluice.event.Attributes;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.SpecVersion;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event as the CloudEvents SDK evaluates expressions over it: by the names of attributes, each a string unless it came as
 * a boolean or an integer, which CESQL has too. The accessors by type are not what it asks, and what came need not be a URI
 * in Java's eyes.
 */
final class AttributesEvent implements CloudEvent {
    private final EventView view;
    private final Attributes attributes;

    AttributesEvent(EventView view, Attributes attributes) {
        this.view = view;
        this.attributes = attributes;
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return view.typed(name);
    }

    @Override
    public @Nullable Object getExtension(String name) {
        return view.typed(name);
    }

    @Override
    public Set<String> getAttributeNames() {
        Set<String> names = new HashSet<>(Set.of(Attributes.ID, Attributes.TENANT, "specversion"));
        for (int i = 0; i < attributes.size(); i++) {
            names.add(attributes.name(i));
        }
        return names;
    }

    @Override
    public Set<String> getExtensionNames() {
        return Set.of();
    }

    @Override
    public SpecVersion getSpecVersion() {
        return SpecVersion.V1;
    }

    @Override
    public @Nullable CloudEventData getData() {
        return null;
    }

    @Override
    public String getId() {
        throw byNameOnly();
    }

    @Override
    public String getType() {
        throw byNameOnly();
    }

    @Override
    public URI getSource() {
        throw byNameOnly();
    }

    @Override
    public String getDataContentType() {
        throw byNameOnly();
    }

    @Override
    public URI getDataSchema() {
        throw byNameOnly();
    }

    @Override
    public String getSubject() {
        throw byNameOnly();
    }

    @Override
    public OffsetDateTime getTime() {
        throw byNameOnly();
    }

    private static UnsupportedOperationException byNameOnly() {
        return new UnsupportedOperationException("attributes are read by name");
    }
}
