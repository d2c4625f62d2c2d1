package dev.sluice.delivery.send.content;

import dev.sluice.event.Event;
import dev.sluice.subscription.Shape.BodyMode;
import dev.sluice.subscription.Webhook;
import java.lang.ref.WeakReference;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the content of an event in the mode that a webhook wants. Remembers the last of each mode, since the deliveries
 * of an event come one after the other; until the next collection at most, since it may be large. Confined to one event
 * loop.
 */
public final class Contents {
    private final Map<BodyMode, WeakReference<Written>> last = new EnumMap<>(BodyMode.class);

    public Content of(Event event, Webhook webhook) {
        BodyMode mode = mode(event, webhook.shape().body());
        WeakReference<Written> known = last.get(mode);
        Written written = known == null ? null : known.get();
        if (written == null || !written.isOf(event)) {
            written = new Written(event, write(event, mode));
            last.put(mode, new WeakReference<>(written));
        }
        return written.content();
    }

    private static BodyMode mode(Event event, @Nullable BodyMode wanted) {
        if (wanted != null) {
            return wanted;
        }
        return event.dialect() == null ? BodyMode.STANDARD : BodyMode.PAYLOAD;
    }

    private static Content write(Event event, BodyMode mode) {
        return switch (mode) {
            case PAYLOAD -> PayloadContent.of(event);
            case STANDARD -> JsonContent.standard(event);
            case CLOUDEVENTS -> JsonContent.cloudEvent(event);
            case CLOUDEVENTS_BINARY -> PayloadContent.cloudEvent(event);
        };
    }

    private record Written(Event event, Content content) {
        /** The id first: nearly always it differs, and comparing all of two alike events takes longer. */
        boolean isOf(Event other) {
            return event.id().equals(other.id()) && event.equals(other);
        }
    }
}
