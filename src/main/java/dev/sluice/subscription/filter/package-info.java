/**
 * Filters: what a webhook asks of an event beyond its type. The dialects of the CloudEvents Subscriptions API (0.1-wip,
 * section 3.2.4), on attributes, and on data by JSON pointer.
 *
 * <h2>How it works</h2>
 *
 * A {@link dev.sluice.subscription.filter.Filter} is an immutable tree, made when its webhook is read. It is asked about a
 * {@link dev.sluice.subscription.filter.EventView}, which lives for the match of one event. The view looks attributes up
 * where they are. The first filter that touches data makes it read the data, once: it goes through the tokens, keeps the
 * values that any filter of this match points at, and skips the rest, so the cost in memory is what the filters ask for
 * and not what the producer sent.
 *
 * <h2>CESQL</h2>
 *
 * The CloudEvents SDK parses and evaluates expressions, but for four things, which its 4.0.1 does in a way that a gateway
 * cannot have (see {@link dev.sluice.subscription.filter.SqlTranslator}): what the lexer cannot read it drops, with a line
 * on stderr; errors carry token numbers for positions; {@code LIKE} becomes a regular expression, whose cost explodes, and
 * into which {@code \E} injects; functions and attributes that cannot exist are found missing only when an event comes.
 *
 * <h2>Why not</h2>
 *
 * Why not a JSON tree of the data: it costs ten times the size of the data, for a value or two. Why not JSONPath or JSONata:
 * a pointer names one place, so its cost is known, and it needs no language of its own.
 */
@NullMarked
package dev.sluice.subscription.filter;

import org.jspecify.annotations.NullMarked;
