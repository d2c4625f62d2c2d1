/** Modyo. */
@NullMarked
package dev.sluice.source.modyo;

import org.jspecify.annotations.NullMarked;
