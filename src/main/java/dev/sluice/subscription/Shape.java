package dev.sluice.subscription;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the body of a delivery is.
 *
 * @param body      null: {@code payload} for the events of a CMS source, {@code standard} for all others
 * @param transform a JSONata expression over the event as structured CloudEvent, whose result is the body; or null. It
 *     stands in the place of a body mode: where there is one, {@code body} is null
 */
public record Shape(@Nullable BodyMode body, @Nullable String transform) {
    /** The event decides. */
    public static final Shape USUAL = new Shape(null, null);

    public Shape {
        if (body != null && transform != null) {
            throw new IllegalArgumentException(
                    "transform: given beside body %s (expected: one of them)".formatted(body));
        }
    }

    public enum BodyMode {
        /** The data bytes as they came. */
        PAYLOAD,
        /** {@code {"type","timestamp","data"}}, as Standard Webhooks recommends. */
        STANDARD,
        /** CloudEvents, structured mode. */
        CLOUDEVENTS,
        /** CloudEvents, binary mode. */
        CLOUDEVENTS_BINARY;

        /** As it is written in JSON. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** @throws IllegalArgumentException if there is none */
        static BodyMode of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }
}
