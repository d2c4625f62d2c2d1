package dev.sluice.cli;

import java.util.List;

/**
 * What would make Sluice be as the files say.
 *
 * @param same how many are so already
 * @param left what is in no file, and stays
 */
record Plan(List<Change> changes, int same, List<String> left) {
    boolean isDone() {
        return changes.isEmpty();
    }
}
