/** What became of events: attempts, deliveries, dead letters. */
@NullMarked
package dev.sluice.admin.delivery;

import org.jspecify.annotations.NullMarked;
