package dev.sluice.source.privacy;

import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * What is left of a body.
 *
 * @param body       the buffer that came, if there was nothing to redact
 * @param redactions in the order of the body; the first hundred
 */
public record Redacted(Buffer body, List<Redaction> redactions) {}
