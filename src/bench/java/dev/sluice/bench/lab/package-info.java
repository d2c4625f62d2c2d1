/** The processes: started, asked, watched and ended. Knows nothing of what is measured. */
@NullMarked
package dev.sluice.bench.lab;

import org.jspecify.annotations.NullMarked;
