package dev.sluice.config.load;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong while the reading goes on. */
public final class Findings {
    private final List<String> found = new ArrayList<>();

    /** {@code origin}: where the value was written. */
    void add(String origin, String problem) {
        found.add(origin + ": " + problem);
    }

    int count() {
        return found.size();
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ConfigProblems(found);
        }
    }
}
