package dev.sluice.bench;

import java.util.List;

/** Something to measure. Made with its processes started; what it starts belongs to the {@link Lab}. */
interface Scenario {
    String name();

    /** Full work until the code is compiled and the connections are open: cold, an event costs three times as much. */
    void warmUp();

    /** One round; a sample for each row, the same rows every time. */
    List<Sample> measure();
}
