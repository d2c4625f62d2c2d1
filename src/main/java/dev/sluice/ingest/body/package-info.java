/**
 * The body of a request, as it comes: how much of it is let in, and what is made of its bytes before anybody reads them.
 *
 * <pre>
 *  Admission (room for it) ─► BodyReader ─► Gunzip ─────────────────────► a body
 *                          └► chunks of a stream ─► Unpacking (Gunzip) ─► LineSplitter ─► its lines
 * </pre>
 */
@NullMarked
package dev.sluice.ingest.body;

import org.jspecify.annotations.NullMarked;
