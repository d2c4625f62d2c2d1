/** The attempt log in Redis. */
@NullMarked
package dev.sluice.delivery.history.redis;

import org.jspecify.annotations.NullMarked;
