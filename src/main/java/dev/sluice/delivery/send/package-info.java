/**
 * One attempt: the address that may be called, the bytes that are signed, the deadline, the bounded answer.
 *
 * <h2>How it works</h2>
 *
 * <pre>
 *   Attempt ─► SafeSender ─► Composer ─► DeadlineTransport ─► TokenTransport ─► SigningTransport
 *              never fails   headers,    one Wheel for all;   waits for an      signs apart what
 *                            Content,    at the end cancels   access token,     takes long
 *                            Signer      the Request          send.token          │
 *                                                                                 ▼
 *                            socket  ◄── HttpTransport ◄───── Dialer ◄───────── GuardedTransport
 *                                        Web Client to a      a second          Resolver and AddressRules;
 *                                        literal address;     address beside    pins the address
 *                                        AnswerBody counts    a slow first
 * </pre>
 *
 * <p>{@link dev.sluice.delivery.send.Senders} assembles them and argues the order. There is one chain for each event loop,
 * and all of it is confined to that loop: endpoints, contents, look-ups and {@code Mac}s are remembered without a lock.
 *
 * <h2>What a broken exchange means</h2>
 *
 * {@link dev.sluice.delivery.send.http.BrokenExchange} says it, and nobody else: that the request goes out again, or that the
 * attempt failed. Another time is of the same attempt: the same headers and signature, within the time that is left; no
 * circuit, window or schedule hears of it. After a kept connection of HTTP/1.1 it goes over one of its own, as the others
 * that are kept may be as stale. {@link dev.sluice.delivery.send.http.AnswerCodec} knows where an answer ends: what is left
 * behind it, or comes unasked, ends the connection. Rejected: to read over left-overs, since half of an answer looks like one.
 *
 * <h2>When a connection carries no more</h2>
 *
 * {@link dev.sluice.delivery.send.http.wear.Traffic} knows what a connection has carried, and
 * {@link dev.sluice.delivery.send.http.wear.Habit} what its server takes: how long it may be idle, and how many requests it may
 * carry. It is asked when the pool has given a connection, and the request goes to another one before anything is
 * written. So it costs no timer, and what a server closes by itself goes on telling when it does so. Rejected: the client's own
 * keep-alive time, which is looked at once a second, is as long as the server announces, and is one for all servers; and to
 * believe what is seen once, since a server that is restarted would be taken for one that keeps nothing.
 *
 * <h2>Several addresses</h2>
 *
 * {@link dev.sluice.delivery.send.address.Dialer} lets a second address begin beside one that has no connection in time.
 * Both are requests of their own for the same attempt; {@code Request.sendOn} is the one door
 * through which a request gets to a connection, and lets only the first of them pass. Those that have lost are not called
 * back: their connections are made and kept, or time out.
 *
 * <h2>Where the time goes</h2>
 *
 * {@link dev.sluice.delivery.send.http.Course} keeps when an attempt came how far, and makes a
 * {@link dev.sluice.delivery.policy.Split} of that: look-up, connect, TLS, first byte, body. When the connection below TLS was there
 * only its handshake knows, which tells its connection; of one that fails, {@code Handshakes} remembers it until the
 * attempt hears of the failure. The part in which an attempt failed is the last that it came to, so it is not stored.
 *
 * <p>A kept connection costs one reading of the clock more, at the head of the answer, since the others (asked, out, over) were
 * made already: 100 bytes and 0.04 µs an attempt, and 0.05 µs where it is written to the history (CPU time of five million turns,
 * JDK 17, on two cores that did other work too; a delivery takes 55 µs in all). The first byte is the head as a whole: over HTTP/2
 * nobody sees the byte, and a head that drips is no answer yet.
 *
 * <p>Rejected: the hooks of Vert.x for tracing and metrics, which do not tell TLS from connecting and cost each request an object and
 * four calls. Microseconds: they tell little that the next attempt does not deny, and cost the history twice the bytes. To round
 * each part by itself: five that are each a bit too short would leave time that nobody spent.
 *
 * <h2>Bounds</h2>
 *
 * <ul>
 *   <li>Time: the webhook's timeout covers looking up, connecting, sending, the answer and its body. When it is over the
 *       HTTP/1 connection is closed, so a late answer is never taken for the next one's; so is one whose TLS handshake is
 *       not done.
 *   <li>An answer's head: 64 KiB, more is a failure. The status decides once the head is whole: of the body
 *       {@code responseExcerptBytes} are kept, up to 1 MiB is read and dropped within a second, so that the connection can
 *       be used again, and what is beyond is cut. With interim answers, chunks and trailers, over HTTP/1: 2 MiB. Nothing is
 *       unpacked.
 *   <li>A body: one that is larger than 64 KiB is handed to the socket in slices, as the endpoint reads it, so that an
 *       attempt has at most 128 KiB in direct memory. One that is answered before it is read is not sent to its end, and
 *       the answer counts though the connection broke meanwhile.
 *   <li>Memory: 4096 prepared endpoints and 10 000 looked-up hosts, whichever were used last.
 * </ul>
 *
 * <h2>Why not</h2>
 *
 * <p>Why not {@code InetAddress} or the name in Vert.x's socket address: what is checked must be what is dialled. A named
 * address is looked up again, or (5.0.12) shares its connections with the other addresses of the name.
 *
 * <p>Why not a timer or {@code idleTimeout} of the client for each request: they start anew with each byte, so that an
 * endpoint which drips holds its place for ever, and each costs a task in the event loop's heap.
 *
 * <p>Why not a failure where a body breaks off, or is endless, under a 2xx: the receiver has the event, and would get it up
 * to ten times, each time with the same end. What it says besides is for the log.
 *
 * <p>Why not the HTTP client without the Web Client: with the headers handed over uncopied there is little to gain. A
 * POST of 1 KiB with the same ten headers cost 9 to 10 µs of CPU through the HTTP client alone, 11 to 12 µs through all of
 * this package but signing, which adds 1 to 1.5 µs (JDK 17, one event loop, keep-alive).
 */
@NullMarked
package dev.sluice.delivery.send;

import org.jspecify.annotations.NullMarked;
