package dev.sluice.chaos;

/**
 * Something that goes wrong for a while, and is over then.
 *
 * @param begins returns when it is so
 * @param ends returns when the machine, not Sluice, is as before
 */
record Trouble(String name, Place place, Runnable begins, Runnable ends) {
    /** Where it is; two at a time are in two places. */
    enum Place {
        POD,
        REDIS,
        LINE_TO_REDIS,
        LINE_TO_ENDPOINT,
        NAMES,
        /** Whatever else goes wrong has to wait. */
        EVERYWHERE
    }

    boolean goesWith(Trouble other) {
        return place != other.place && place != Place.EVERYWHERE && other.place != Place.EVERYWHERE;
    }
}
