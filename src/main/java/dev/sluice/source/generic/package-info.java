/** Any other system that posts JSON. */
@NullMarked
package dev.sluice.source.generic;

import org.jspecify.annotations.NullMarked;
