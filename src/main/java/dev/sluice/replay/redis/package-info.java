/** Replays as jobs in Redis. */
@NullMarked
package dev.sluice.replay.redis;

import org.jspecify.annotations.NullMarked;
