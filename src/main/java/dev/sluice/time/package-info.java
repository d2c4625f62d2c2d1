/**
 * Time and chance as parameters. {@code System.nanoTime}, {@code Instant.now}, {@code Random} and {@code setTimer} appear
 * here only; dates come from a {@link java.time.InstantSource}.
 *
 * <p>A pod that does nothing must cost nothing, so a timer ticks only while there is something to tick for: deadlines hang in
 * a {@link Wheel}, which sets no timer while none waits, and what is looked after several times a second is a {@link Chore},
 * which rests until it is asked for. What has to be asked of Redis whatever happens is asked at the same moments
 * ({@link VertxTimers}). Why not one timer that calls everybody: each part would know of it, and its period would be
 * everybody's.
 */
@NullMarked
package dev.sluice.time;

import org.jspecify.annotations.NullMarked;
