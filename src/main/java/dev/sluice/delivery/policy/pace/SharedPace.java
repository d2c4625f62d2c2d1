package dev.sluice.delivery.policy.pace;

import java.time.Duration;

/**
 * The pace of an endpoint as all pods know it.
 *
 * @param mark  names what was written of it last, 1 or more
 * @param taken by the endpoint since the refusal that it was found at, from all pods, as far as they told
 * @param age   how long that is ago, by Redis' clock
 */
public record SharedPace(long mark, FoundPace pace, long taken, Duration age) {
    public double perSecond() {
        return pace.perSecond(taken, age);
    }

    public double burst() {
        return pace.burst(taken, age);
    }

    /** With what one pod knows since then. */
    SharedPace later(long more, Duration passed) {
        return new SharedPace(mark, pace, taken + more, age.plus(passed));
    }
}
