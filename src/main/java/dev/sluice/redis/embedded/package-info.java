@NullMarked
package dev.sluice.redis.embedded;

import org.jspecify.annotations.NullMarked;
