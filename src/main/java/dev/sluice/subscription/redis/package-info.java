/**
 * The webhooks in Redis, and their copy in this pod.
 *
 * <h2>How it works</h2>
 *
 * A tenant's webhooks are a hash. Every write is a script in the tenant's slot that checks the version of the webhook,
 * writes it, counts up the version of the tenant, and notes under that version which webhook changed; all or nothing.
 * So a pod that holds a tenant as of version 17 asks "what changed since 17?" and gets, in one atomic look, the version
 * that is in force and the webhooks as they are. Nothing it may have missed can hurt: it either gets all changes or is
 * told to read the tenant anew.
 *
 * <p>When to ask: after its own write, before that is answered; when the stream {@code sluice:changes}, which every
 * writer appends to, names the tenant; when a link to Redis comes up again; and every ten seconds for every tenant whose
 * version is not the one held. The stream is only a hint: a writer that dies between write and hint, a trimmed stream,
 * or data that is lost or restored cost at most ten seconds. Versions start at the time, so that after a loss a version
 * never means other data.
 *
 * <p>A cold tenant is read in pieces, decoded on worker threads, and then catches up with what was written meanwhile;
 * all who ask for it share one read.
 *
 * <p>What a tenant's webhooks weigh together is bounded, since every pod that serves it holds them all. The pod that writes
 * one asks its copy, and counts what it is writing itself ({@code Admissions}).
 *
 * <h2>Why not</h2>
 *
 * <ul>
 *   <li>Pub/sub for the hints: it needs a subscription that is renewed with each connection, and loses what is said
 *       between two; a stream is read on where one was. It would still need the version to be safe.
 *   <li>The stream alone as the truth: it is in another slot than the tenants, so no script can write both.
 *   <li>A version for each tenant without the notes: a change of one webhook would mean to read a hundred thousand.
 *   <li>A sum in Redis, exact over all pods, in place of the copy's: it would have to be made for what older versions wrote,
 *       by a script that reads a hundred thousand forms; the bound protects memory, where a few more do no harm.
 *   <li>{@code CLIENT TRACKING}: it tells of keys, not of fields of a hash, and works per node in a cluster.
 * </ul>
 */
@NullMarked
package dev.sluice.subscription.redis;

import org.jspecify.annotations.NullMarked;
