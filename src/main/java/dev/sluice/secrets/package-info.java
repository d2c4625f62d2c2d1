/** Secrets at rest: encrypted with one key that is not in Redis, each bound to its place. Pure Java. */
@NullMarked
package dev.sluice.secrets;

import org.jspecify.annotations.NullMarked;
