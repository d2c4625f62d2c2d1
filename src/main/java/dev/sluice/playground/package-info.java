/**
 * The playground: receivers that a newcomer can send webhooks to without another tool. They show what came, and answer what
 * they are told to.
 *
 * <h2>Decisions</h2>
 * <ul>
 *   <li>What came is kept in the memory of the pod that it came to, and bounded over all receivers. In Redis it would outlive
 *       what it is for, and be a cost of every pod.
 *   <li>Deliveries to an address where the gateway listens itself are refused; those to exactly {@code /playground/{name}} are
 *       not. The path is held against a pattern without dots, escapes and queries: a router that normalised it could find
 *       nothing else behind it.
 *   <li>Signatures are not checked here: whoever looks at a receiver checks them with the secret of a webhook, as a receiver
 *       of his own would.
 * </ul>
 */
@NullMarked
package dev.sluice.playground;

import org.jspecify.annotations.NullMarked;
