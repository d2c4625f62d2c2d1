package dev.sluice.source.dialect;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * A CMS's webhook as it came in.
 *
 * @param source     the source's name in the configuration
 * @param body       the bytes of the body; nobody writes to them
 * @param receivedAt ISO 8601 in UTC, with milliseconds
 */
public record Arrival(String source, MultiMap headers, Buffer body, String receivedAt) {}
