/**
 * What can be seen from outside: meters, health, logs. Depends on the listener interfaces of the stages, never the other
 * way round.
 */
@NullMarked
package dev.sluice.telemetry;

import org.jspecify.annotations.NullMarked;
