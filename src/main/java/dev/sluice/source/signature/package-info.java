/**
 * How a producer signs its requests, as data, and whether one is signed so.
 *
 * <p>A {@link dev.sluice.source.signature.Signature} is read once, when the source is made; whatever is unknown in it is
 * refused then. It is checked over the bytes as they came, before anything is stored; signatures are compared in
 * constant time, each with each secret in force. What is said of one that does not hold names the part that failed, and no
 * secret. What public keys take (some 100 µs and more) is done by a worker thread, an HMAC by the event loop.
 *
 * <p>Why a timestamp that lies ahead is refused too: whoever could sign ahead could keep a request for later.
 *
 * <h2>Nothing beside the signature</h2>
 * A timestamp or a digest that is not part of what is signed is refused when the source is made: anybody could change it.
 * Sorted fields sign as the libraries of Twilio do, each value of a name once, in their order; so a field may be said
 * twice with the same value, which says nothing new. Names and values have nothing between them there, by Twilio's own
 * rule: {@code a=bc} signs as {@code ab=c} does. Files, heads of parts, and fields without a name are in no such signature,
 * and refused.
 *
 * <p>A header that is read for it must be there once: the first line would be signed, and a receiver may read the last.
 *
 * <h2>Proofs</h2>
 * Zoom and X ask for the HMAC of a text of theirs, with the secret that signs requests. X asks by GET, which anybody can.
 * So a proof is made of a {@link dev.sluice.source.signature.Challenge} alone, and where a source makes proofs no request is
 * let in whose signed text could be one: JSON never can. Rejected: to refuse such recipes when they are made, since those of
 * both providers are like that; and to let only JSON be signed, since Zoom's {@code v0:{timestamp}:{body}} is apart from any
 * challenge by its colons. Two sources with the same secret are one here: give each its own.
 */
@NullMarked
package dev.sluice.source.signature;

import org.jspecify.annotations.NullMarked;
