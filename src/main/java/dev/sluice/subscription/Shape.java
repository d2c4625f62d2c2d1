package dev.sluice.subscription;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the body of a delivery is.
 *
 * @param body null: {@code payload} for the events of a CMS source, {@code standard} for all others
 */
public record Shape(@Nullable BodyMode body) {
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
