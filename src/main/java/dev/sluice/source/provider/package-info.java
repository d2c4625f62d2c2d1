/**
 * The systems whose webhooks are known: a file for each, which says of a source of theirs what its user need not.
 *
 * <p>A source is made of the file once, and keeps what it was made of: so pods with other files do the same, and nobody's
 * source changes by an upgrade. {@code PATCH {"provider": "github"}} takes what the file says now.
 *
 * <h2>What a file may say</h2>
 * A fact stands in it because a page or a source that it names says so; {@code producers.md} tells which were read, and the
 * folder {@code published} of the tests has requests that the makers signed themselves.
 *
 * <p>An {@code id} must tell apart any two events, since a second one with it is taken for the first sent again. That of a
 * delivery of WooCommerce does not: it is made of the webhook and the second. An event twice is better than none.
 *
 * <p>An {@code answer} of 200 is there for whoever takes nothing else for success, and sends again after a 202.
 *
 * <p>The Spanish of what a person reads stands beside its English, where whoever changes the one sees the other. Rejected: the
 * console's own file of Spanish, which cannot know the files of others.
 *
 * <p>Why GitLab is in two files: its signing token is base64, its secret token is any text, and one secret is given to every
 * {@code auth} of a list. Rejected: to leave out of a list whatever a secret is no key for, which would let a mistyped key
 * pass for a weaker way in.
 */
@NullMarked
package dev.sluice.source.provider;

import org.jspecify.annotations.NullMarked;
