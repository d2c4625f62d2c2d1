/**
 * One exchange on the wire: a request of an attempt, over a connection that is pooled or new, and what came back.
 *
 * <p>{@code HttpTransport} is the last of the chain. {@code Clients} keeps one HTTP client for each TLS profile,
 * {@code Wire} watches connections, {@code Traffic} and {@code Habit} know when one had better carry no more, {@code Handshakes} times them, {@code AnswerBody} reads an excerpt within bounds, and
 * {@code Failures} and {@code TlsFailures} say what went wrong in words.
 */
@NullMarked
package dev.sluice.delivery.send.http;

import org.jspecify.annotations.NullMarked;
