package dev.sluice.bench.trial;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the samples say, and what the design allows.
 *
 * @param what for people
 * @param values one for each round
 * @param atMost the budget of the median, or null if there is none
 */
public record Finding(
        String what, List<Double> values, @Nullable Double atMost) {
    public static Finding of(String what, List<Double> values) {
        return new Finding(what, values, null);
    }

    public static Finding within(double atMost, String what, List<Double> values) {
        return new Finding(what, values, atMost);
    }

    /** Whether the median keeps the budget; nothing is over a budget that does not exist. */
    public boolean holds() {
        return atMost == null || values.isEmpty() || Spread.of(values).median() <= atMost;
    }
}
