package dev.sluice.delivery.policy;

/**
 * The attempts of one delivery so far, in the present run of its schedule.
 *
 * @param made    all of them
 * @param refused those of them that the endpoint was not ready for, see {@link RetryRule#isNotYet}: they are no failures
 */
public record Tries(int made, int refused) {
    public static final Tries NONE = new Tries(0, 0);

    public Tries {
        if (refused < 0 || refused > made) {
            throw new IllegalArgumentException("refused: %d (expected: 0 to %d)".formatted(refused, made));
        }
    }

    int failed() {
        return made - refused;
    }
}
