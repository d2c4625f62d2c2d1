package dev.sluice.bench.scenario;

import dev.sluice.bench.trial.Finding;
import dev.sluice.bench.trial.Results;
import dev.sluice.bench.trial.Sample;
import java.util.List;

/**
 * Something to measure. Made with its webhooks created and its processes started; what it starts belongs to the
 * {@link dev.sluice.bench.lab.Lab}.
 */
public interface Scenario {
    /** Full work until the code is compiled and the connections are open: cold, an event costs three times as much. */
    void warmUp();

    /** One round; a sample for each row, the same rows every time. */
    List<Sample> measure();

    /** What to conclude; rows of scenarios that were left out are empty. */
    default List<Finding> findings(Results results) {
        return List.of();
    }
}
