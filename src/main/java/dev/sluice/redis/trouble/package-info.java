/** Why Redis cannot do something now, told apart from what it will never do. */
@NullMarked
package dev.sluice.redis.trouble;

import org.jspecify.annotations.NullMarked;
