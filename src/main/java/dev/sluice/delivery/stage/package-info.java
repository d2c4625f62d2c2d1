/**
 * Everything of one event loop that delivers. {@code DeliveryStage} puts it together; {@code Lanes} does what each lane
 * decides; a delivery comes in by {@code Entries} and leaves by one way of {@code Exits}; {@code Ledger} writes to Redis in the order in which it
 * happened; {@code Waker} fetches what waits there, as much as {@code Appetites} says. See {@link dev.sluice.delivery}.
 */
@NullMarked
package dev.sluice.delivery.stage;

import org.jspecify.annotations.NullMarked;
