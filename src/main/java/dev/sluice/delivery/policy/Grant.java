package dev.sluice.delivery.policy;

import java.time.Duration;

/**
 * Tokens of a rate limit that a pod may use. Spans count from when Redis granted them; the paced ones follow each other
 * at the limit's spacing, so that what was reserved ahead of time is not used ahead of time.
 *
 * @param immediate usable at once
 * @param paced     usable one by one
 * @param firstIn   until the first paced one
 * @param moreIn    until there is another one to take; zero if all that was wanted is granted
 * @param mark      names the state that the grant left behind; what is given back is given back to it
 */
public record Grant(int immediate, int paced, Duration firstIn, Duration moreIn, long mark) {
    public Grant {
        if (immediate < 0 || paced < 0 || firstIn.isNegative() || moreIn.isNegative()) {
            throw new IllegalArgumentException("grant: %d now, %d from %s on, more in %s (expected: none below 0)"
                    .formatted(immediate, paced, firstIn, moreIn));
        }
    }

    public int tokens() {
        return immediate + paced;
    }
}
