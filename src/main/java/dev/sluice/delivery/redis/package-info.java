/** Parked deliveries and dead letters in Redis: each change is one script, on Redis time, in one slot. */
@NullMarked
package dev.sluice.delivery.redis;

import org.jspecify.annotations.NullMarked;
