package dev.sluice.memory;

/**
 * How many bytes a pod may hold for each purpose; the package says why so many.
 *
 * @param ingest  bodies that are not answered yet
 * @param window  events that the fan-outs hold
 * @param parked  events that Redis has too, in lanes
 * @param wire    attempts under way
 * @param writes  deliveries on their way to Redis
 * @param answers bodies that the API reads or writes
 */
public record MemoryPlan(long ingest, long window, long parked, long wire, long writes, long answers) {
    private static final long LEAST_WRITES = 1 << 20;

    /**
     * However little there is, each purpose but the writes has room for the largest event, and the wire for one from each
     * of a few webhooks; a heap that is too small for that is too small for such events. What is larger is written alone.
     *
     * @param bytes   of the heap or of the direct memory, whichever is smaller
     * @param largest bytes of an event at most
     */
    public static MemoryPlan of(long bytes, long largest) {
        return new MemoryPlan(
                Math.max(bytes / 24, 2 * largest),
                Math.max(bytes / 16, largest),
                Math.max(bytes * 3 / 32, 3 * largest),
                Math.max(bytes / 8, 4 * largest),
                Math.max(bytes / 48, LEAST_WRITES),
                Math.max(bytes / 24, 2 * largest));
    }
}
