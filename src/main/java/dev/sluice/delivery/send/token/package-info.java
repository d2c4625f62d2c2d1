/**
 * OAuth2 client credentials: a token is fetched once for the pod, kept until it ends, dropped when it is refused. Attempts
 * wait for it in {@code TokenTransport}, a layer of {@link dev.sluice.delivery.send.Senders}.
 */
@NullMarked
package dev.sluice.delivery.send.token;

import org.jspecify.annotations.NullMarked;
