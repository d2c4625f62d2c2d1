/** A real Redis for development: its binary, files, lock and process. It ends with the gateway. */
@NullMarked
package dev.sluice.redis.embedded;

import org.jspecify.annotations.NullMarked;
