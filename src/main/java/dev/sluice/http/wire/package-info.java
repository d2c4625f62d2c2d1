/**
 * What is set right below Vert.x, in the pipelines of its servers' connections: when a first head has to have come, and by which
 * names headers are known. It depends on names and the order of handlers that Vert.x keeps to itself, so both have tests with real
 * sockets, with TLS and without.
 *
 * <p>Why not a handler that looks at each byte for names that only resemble one: it would read bodies too, and refuse some of them.
 * Why not without HTTP/2 in the clear, with which the decoder would be there from the beginning: ingresses and clients use it.
 */
@NullMarked
package dev.sluice.http.wire;

import org.jspecify.annotations.NullMarked;
