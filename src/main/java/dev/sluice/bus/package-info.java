/** Typed channels on the event bus; the only package that sees Vert.x's {@code EventBus}. */
@NullMarked
package dev.sluice.bus;

import org.jspecify.annotations.NullMarked;
