/**
 * Time and chance as parameters. {@code System.nanoTime}, {@code Instant.now}, {@code Random} and {@code setTimer} appear
 * here only; dates come from a {@link java.time.InstantSource}.
 */
@NullMarked
package dev.sluice.time;

import org.jspecify.annotations.NullMarked;
