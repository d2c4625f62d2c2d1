package dev.sluice.source.dialect;

import dev.sluice.event.Attributes;
import dev.sluice.source.privacy.Redacted;
import dev.sluice.source.privacy.Redaction;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Objects;

/** What a dialect makes of a webhook that came in. */
public sealed interface Reading {
    /** At least {@code type}, {@code source} and {@code time}. */
    Attributes attributes();

    default String type() {
        return Objects.requireNonNull(attributes().get(Attributes.TYPE));
    }

    /**
     * An event to store.
     *
     * @param redacted what is left of the body; nobody writes to it
     * @param isJson   whether that was read as JSON, and says nothing else of itself
     */
    record Kept(Attributes attributes, Redacted redacted, boolean isJson) implements Reading {
        public Kept(Attributes attributes, Redacted redacted) {
            this(attributes, redacted, true);
        }

        public Buffer body() {
            return redacted.body();
        }

        public List<Redaction> redactions() {
            return redacted.redactions();
        }
    }

    /**
     * An event of which nothing may be stored.
     *
     * @param rule the setting that says so
     */
    record Dropped(Attributes attributes, String rule) implements Reading {
        public static Dropped excludedModel(Attributes attributes) {
            return new Dropped(attributes, SourceRulesForm.EXCLUDED_MODELS);
        }
    }
}
