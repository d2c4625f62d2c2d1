package dev.sluice.event;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * An event that is valid but not stored yet.
 *
 * @param attributes at least {@code type}, {@code source}, {@code time}; {@code id} only if the producer gave one
 * @param data       the data bytes as they came; frozen: whoever made it must not write to it again
 * @param dialect    the dialect of a CMS source ({@code strapi}), or null for a plain producer
 * @param identity   what makes a repetition of this event the same event, or null if nothing does
 */
public record Draft(
        Attributes attributes,
        Buffer data,
        @Nullable String dialect,
        @Nullable Identity identity) {}
