/** Connections to Redis, scripts, and the embedded server. */
@NullMarked
package dev.sluice.redis;

import org.jspecify.annotations.NullMarked;
