/** Where the keys are kept: one hash, a version beside it, one script for each change. */
@NullMarked
package dev.sluice.access.redis;

import org.jspecify.annotations.NullMarked;
