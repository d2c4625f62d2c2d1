/** From files and the environment to records: layers of trees, held against the shape of the records, all problems at once. */
@NullMarked
package dev.sluice.config.load;

import org.jspecify.annotations.NullMarked;
