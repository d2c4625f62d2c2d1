/** The tail in Redis. */
@NullMarked
package dev.sluice.tail.redis;

import org.jspecify.annotations.NullMarked;
