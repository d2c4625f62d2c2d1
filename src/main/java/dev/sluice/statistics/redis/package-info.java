/** The statistics in Redis: of each webhook and tenant a hash for an hour of minutes, and one for a day of hours. */
@NullMarked
package dev.sluice.statistics.redis;

import org.jspecify.annotations.NullMarked;
