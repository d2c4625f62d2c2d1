/**
 * One exchange on the wire: a request of an attempt, over a connection that is pooled or new, and what came back.
 *
 * <p>{@code HttpTransport} is the last of the chain. A {@code Request} is what goes out, and an {@code Exchange} one time that
 * it does. {@code Clients} keeps the HTTP clients of each TLS profile, {@code Wire} watches connections, {@code wear} knows
 * when one had better carry no more, {@code Handshakes} ends those that nobody waits for, {@code AnswerBody} reads an excerpt
 * within bounds, {@code BrokenExchange} says what a failure means, and {@code Failures} and {@code TlsFailures} say it in words.
 */
@NullMarked
package dev.sluice.delivery.send.http;

import org.jspecify.annotations.NullMarked;
