/** The roll of the pods in Redis. */
@NullMarked
package dev.sluice.life.redis;

import org.jspecify.annotations.NullMarked;
