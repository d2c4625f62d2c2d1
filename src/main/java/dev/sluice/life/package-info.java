/**
 * Which pods are alive, and what one that was not may still act on.
 *
 * <h2>How it works</h2>
 * Each pod beats twice a second: it writes its name on a roll in Redis ({@link dev.sluice.life.Beats}, {@link
 * dev.sluice.life.Roll}), and the same script tells it whose name was not written for {@link
 * dev.sluice.life.Life#PATIENCE}. What these had in hand is taken over at once: events that their readers did not
 * acknowledge, parked deliveries that they had claimed. Nobody is taken for dead while Redis was away, or has just come
 * back: the script says how it knows. Who ends in order says so, and is not waited for.
 *
 * <p>A pod that stood still may be taken for dead, and come back. Where order matters it acts on nothing that others may have
 * by then: its life is an epoch ({@link dev.sluice.life.Epochs}) that ends by its own clock first, and that is asked for last
 * before the wire. What its loop was writing at the very moment when it was stopped, one request or two, goes out when it
 * goes on: only whoever receives it could know better. Where nothing is in order it may repeat what it had in hand, as a pod
 * that is slow to die always may.
 *
 * <p>Who lives again, as after Redis was away for long, takes what it has under way along into its next life before others may
 * take the former one for over, and leaves the rest to whoever comes first, itself among them.
 *
 * <p>The beats have a link of their own, as have the leases on keyed partitions, that is given up after {@link
 * dev.sluice.life.Life#NOTICE}: one connection that was cut in silence takes nobody's life. Whoever comes back to a Redis that
 * was away has that time, too.
 *
 * <p>All this counts on clocks that go at one pace: that of Redis may be put back, or forward by more than a beat or two, as then
 * all begin to wait anew. The leases on keyed partitions count on more, that it is not put forward at all: let it be slewed.
 *
 * <h2>Why not</h2>
 * <ul>
 *   <li>The idle time of entries or consumers alone: slow work is idle for long, so it has to be refreshed, all of it and
 *       often, and everything looks idle after Redis was away. It stays, with the patience of {@code journal.claimAfter}, for
 *       what a live pod lost.
 *   <li>A key with an expiry for each pod: those of all pods expire while Redis is away.
 *   <li>Short leases on parked deliveries: each one that is held would be written again every second, and they all end
 *       while Redis is away.
 *   <li>The connections that Redis has: they all break with it, and a pod whose machine is gone leaves them open.
 * </ul>
 */
@NullMarked
package dev.sluice.life;

import org.jspecify.annotations.NullMarked;
