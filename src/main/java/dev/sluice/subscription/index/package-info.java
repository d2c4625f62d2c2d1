/**
 * Which webhooks of a tenant want an event: an immutable snapshot, read by all event loops.
 *
 * <pre>
 *  IndexBuilder ─► WebhookIndex: a trie of Node by segments of the type, each with its webhooks Sorted by source
 *  event ─► Walk (the trie) ─► Sieve (the filters, each once) ─► Match
 * </pre>
 */
@NullMarked
package dev.sluice.subscription.index;

import org.jspecify.annotations.NullMarked;
