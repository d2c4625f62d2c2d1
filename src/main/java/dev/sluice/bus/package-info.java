/**
 * What passes between event loops: typed channels on the event bus, and hops to the context that owns some state. The
 * only package that sees Vert.x's {@code EventBus}.
 */
@NullMarked
package dev.sluice.bus;

import org.jspecify.annotations.NullMarked;
