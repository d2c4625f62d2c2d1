package dev.sluice.delivery;

/**
 * How many deliveries a lane may hold, queue and flight together.
 *
 * <p>All lanes of a loop draw on one pool, the credit of the fan-out. Of what is free a lane may take half: greedy lanes
 * leave room for others (dynamic thresholds, as in shared-memory switches: Choudhury and Hahne, 1998). Beyond that it
 * may hold what it finished in the last second: an endpoint that keeps up is never made to park, and one that stops
 * gives the room back within a second.
 *
 * <p>Rejected: a fixed queue for each lane. Small, it parks the burst of a fast endpoint, which costs Redis a write, a
 * claim and a delete for each delivery; large, a few dead endpoints hold the whole credit.
 *
 * @param pool deliveries that all lanes of the loop may hold
 * @param most deliveries that a lane may hold because room is free
 */
public record Share(int pool, int most) {
    private static final int LEAST = 1;

    /**
     * @param held     by all lanes of the loop
     * @param finished by this lane in the last second
     */
    int limit(int held, int finished) {
        int free = Math.max(0, pool - held);
        return Math.max(LEAST, Math.max(Math.min(most, free / 2), Math.min(pool, finished)));
    }
}
