package dev.sluice.source.dialect;

import dev.sluice.event.Attributes;
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
     * @param body       the bytes that came, the same buffer, unless there are redactions; nobody writes to it
     * @param redactions what the body lost, in its order; of very many the first hundred
     */
    record Kept(Attributes attributes, Buffer body, List<Redaction> redactions) implements Reading {}

    /**
     * An event of which nothing may be stored.
     *
     * @param rule the setting that says so, such as {@code excludedModels}
     */
    record Dropped(Attributes attributes, String rule) implements Reading {}
}
