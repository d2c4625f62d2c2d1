package dev.sluice.source.privacy;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Set;

/**
 * What is left of a body.
 *
 * @param body       the buffer that came, if there was nothing to redact
 * @param redactions in the order of the body; the first hundred
 * @param matched    the paths of the operator's rules that led to something, such as {@code userPaths: author}
 * @param unmatched  those that apply to the body, and led nowhere
 */
public record Redacted(Buffer body, List<Redaction> redactions, Set<String> matched, Set<String> unmatched) {}
