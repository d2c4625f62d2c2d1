/** Settings as records that cannot be wrong, and the loader that reports every problem at once. */
@NullMarked
package dev.sluice.config;

import org.jspecify.annotations.NullMarked;
