/** Where Redis is, in which form it is run, and as whom to speak to it: what the settings say, and no more. */
@NullMarked
package dev.sluice.redis.address;

import org.jspecify.annotations.NullMarked;
