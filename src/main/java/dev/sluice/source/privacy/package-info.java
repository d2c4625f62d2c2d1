/**
 * What of a body is not kept: found in one pass over its tokens, cut out of its bytes.
 *
 * <h2>How it works</h2>
 * {@link dev.sluice.source.privacy.Privacy} are the rules that an operator sets; a dialect adds where in a body they apply.
 * The {@link dev.sluice.source.privacy.Redactor} walks the body once and notes byte ranges to cut or to replace; the rest
 * is copied as it came, so that escapes, white space and the order of members survive. A body in which nothing is found
 * is passed on as the same buffer.
 *
 * <h2>Why not a tree</h2>
 * A tree written again has other bytes: PHP escapes slashes, numbers lose their zeros, a name given twice is there once.
 * The receiver compares signatures and hashes over what the CMS wrote; and a body of 5 MB is not worth 50 MB of maps.
 */
@NullMarked
package dev.sluice.source.privacy;

import org.jspecify.annotations.NullMarked;
