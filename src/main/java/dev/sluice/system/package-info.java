/**
 * Who works here, for people: the pods, and the servers of Redis.
 *
 * <h2>How it works</h2>
 * Every few seconds each pod writes a {@link dev.sluice.system.Card} in Redis: what it is, and how it does. Whoever asks reads
 * all of them, so any pod can tell of all. A pod that ends takes its card away; the card of one that died stays for an hour,
 * so that it is seen what is missing. The servers of Redis are asked when somebody looks.
 *
 * <p>Nothing is decided by a card: that is what {@code life} is for, whose roll says only that a pod is there.
 */
@NullMarked
package dev.sluice.system;

import org.jspecify.annotations.NullMarked;
