/**
 * The systems whose webhooks are known: a file for each, which says of a source of theirs what its user need not.
 *
 * <p>A source is made of the file once, and keeps what it was made of: so pods with other files do the same, and nobody's
 * source changes by an upgrade. {@code PATCH {"provider": "github"}} takes what the file says now.
 */
@NullMarked
package dev.sluice.source.provider;

import org.jspecify.annotations.NullMarked;
