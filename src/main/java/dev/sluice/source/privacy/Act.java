package dev.sluice.source.privacy;

/** What is done with a value that a path leads to. */
public enum Act {
    /** The member goes. */
    REMOVE(false),
    /** The value becomes {@code "***"}. */
    MASK(false),
    /** The value becomes null, for members that the CMS itself sends as null. */
    EMPTY(false),
    /** Objects, also those in an array, keep only their identity. */
    REDUCE(false),
    /** Each string, number and boolean at any depth becomes {@code "***"}. */
    MASK_LEAVES(true),
    /** Each string at any depth that has slashes in it keeps what stands behind the last of them. */
    BASE_NAMES(true);

    private final boolean isOfLeaves;

    Act(boolean isOfLeaves) {
        this.isOfLeaves = isOfLeaves;
    }

    /** Whether it goes on inside of the value. */
    boolean isOfLeaves() {
        return isOfLeaves;
    }

    boolean isReplacement() {
        return this == MASK || this == EMPTY;
    }
}
