package dev.sluice.delivery.stage;

import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.lane.Lane;
import dev.sluice.time.Timers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A lane, and what the shell needs to drive it. */
final class Seat {
    final Lane lane;
    final LaneKey key;
    boolean pumping;
    /** It may have something to do at the next tick. */
    boolean busy;
    /** Since when it has not. */
    long restsSince;

    /** Redis was asked which keys wait there, and has not answered. */
    boolean askingKeys;

    /** The pace that its endpoint was found to take limits it. */
    boolean isPaced;

    /** Something was delivered since the lane is there. */
    boolean hasDelivered;

    Timers.@Nullable Timer later;
    Runnable whenHungry = () -> {};

    Seat(Lane lane) {
        this.lane = lane;
        this.key = new LaneKey(lane.webhookId(), lane.tenant());
    }

    /** How long the lane may not run; zero if it may. */
    Duration rest(long now) {
        return Duration.ofNanos(lane.restNanos(now));
    }
}
