/**
 * What arrives, as drafts of events: by content type, by CloudEvents' three modes, by line. Nothing here answers or waits.
 *
 * <pre>
 *  Format ─► JsonDecoder │ BatchDecoder │ BinaryDecoder ─► EventReader ─► DraftBuilder (AttributeRules) ─► Draft
 * </pre>
 */
@NullMarked
package dev.sluice.ingest.decode;

import org.jspecify.annotations.NullMarked;
