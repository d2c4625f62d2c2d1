package dev.sluice.delivery.lane;

import dev.sluice.delivery.Delivery;
import java.util.List;

/**
 * What has to leave a lane for Redis, in the order in which it is to be written.
 *
 * @param keep      under way, from the journal, and followed by others of its key: to be written down first, so that these
 *                  wait behind it
 * @param park      waits, and shall wait in Redis
 * @param forgotten waited, and goes nowhere: it may be another's by now, see {@link Lane#isAnothers}
 */
public record Eviction(List<Delivery> keep, List<Delivery> park, List<Delivery> forgotten) {
    static final Eviction NONE = new Eviction(List.of(), List.of(), List.of());
}
