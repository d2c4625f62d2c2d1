@NullMarked
package dev.sluice.bench.trial;

import org.jspecify.annotations.NullMarked;
