/** The cards in Redis, and what its servers say of themselves. */
@NullMarked
package dev.sluice.system.redis;

import org.jspecify.annotations.NullMarked;
