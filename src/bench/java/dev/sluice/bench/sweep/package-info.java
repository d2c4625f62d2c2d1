@NullMarked
package dev.sluice.bench.sweep;

import org.jspecify.annotations.NullMarked;
