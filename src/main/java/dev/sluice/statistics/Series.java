package dev.sluice.statistics;

import java.time.Instant;
import java.util.List;

/**
 * Sums over time.
 *
 * @param since when the first step begins
 * @param steps oldest first, those of {@link Period#steps()}
 */
public record Series(Period period, Instant since, List<Sums> steps) {
    public Sums total() {
        Sums total = new Sums();
        steps.forEach(total::add);
        return total;
    }
}
