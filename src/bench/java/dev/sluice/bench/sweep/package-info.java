/** How the cost grows with the size of everything. */
@NullMarked
package dev.sluice.bench.sweep;

import org.jspecify.annotations.NullMarked;
