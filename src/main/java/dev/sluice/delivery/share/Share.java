package dev.sluice.delivery.share;

/**
 * How much one lane may hold of what all lanes draw on, in deliveries and in bytes.
 *
 * <p>Of what is free a lane may take half: greedy lanes leave room for others (dynamic thresholds, as in shared-memory
 * switches: Choudhury and Hahne, 1998). Beyond that it may hold what it finished in the last second: an endpoint that
 * keeps up is never made to park, and one that stops gives the room back within a second.
 *
 * <p>Rejected: a fixed queue for each lane. Small, it parks the burst of a fast endpoint, which costs Redis a write, a
 * claim and a delete for each delivery; large, a few dead endpoints hold everything. Rejected: a limit in deliveries
 * alone. A hundred small ones are nothing; a hundred of 1 MB are all there is.
 *
 * @param pool  deliveries that all lanes may hold
 * @param most  deliveries that a lane may hold because room is free
 * @param bytes that all lanes may hold
 */
public record Share(int pool, int most, long bytes) {
    /** Of what is not full, for each lane. */
    static final int LEAST = 1;

    /**
     * In deliveries.
     *
     * @param held     by all other lanes
     * @param finished by this lane in the last second
     */
    public int part(int held, int finished) {
        int free = Math.max(0, pool - held);
        return Math.max(Math.min(most, free / 2), Math.min(pool, finished));
    }

    /** In bytes, with the same meaning; a lane that holds nothing may hold one delivery beyond it. */
    public long limitBytes(long held, long finished) {
        long free = Math.max(0, bytes - held);
        return Math.max(free / 2, Math.min(bytes, finished));
    }
}
