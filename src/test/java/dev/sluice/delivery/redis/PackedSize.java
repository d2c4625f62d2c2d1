package dev.sluice.delivery.redis;

import dev.sluice.event.Event;

/** What a parked delivery counts for, to those who compare it. */
public final class PackedSize {
    private PackedSize() {}

    public static int of(Event event) {
        return Packed.bytes(event, Packed.pack(event));
    }
}
