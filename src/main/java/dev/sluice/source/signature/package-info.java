/**
 * How a producer signs its requests, as data, and whether one is signed so.
 *
 * <p>A {@link dev.sluice.source.signature.Signature} is read once, when the source is made; whatever is unknown in it is
 * refused then. It is checked over the bytes as they came, before anything is stored; signatures are compared in
 * constant time, each with each secret in force. What is said of one that does not hold names the part that failed, and no
 * secret. What public keys take (some 100 µs and more) is done by a worker thread, an HMAC by the event loop.
 *
 * <p>Why a timestamp that lies ahead is refused too: whoever could sign ahead could keep a request for later.
 */
@NullMarked
package dev.sluice.source.signature;

import org.jspecify.annotations.NullMarked;
