/** The journal on Redis Streams. */
@NullMarked
package dev.sluice.journal.redis;

import org.jspecify.annotations.NullMarked;
