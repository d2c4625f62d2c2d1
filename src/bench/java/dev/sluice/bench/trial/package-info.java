/** Runs through the gateway, what they gave, and what to conclude. */
@NullMarked
package dev.sluice.bench.trial;

import org.jspecify.annotations.NullMarked;
