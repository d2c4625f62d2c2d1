/** The results, for the terminal, for programs and as a picture. */
@NullMarked
package dev.sluice.bench.report;

import org.jspecify.annotations.NullMarked;
