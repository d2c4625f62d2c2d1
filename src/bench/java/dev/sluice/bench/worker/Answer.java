package dev.sluice.bench.worker;

/**
 * What became of the events of one request.
 *
 * @param accepted durable
 * @param refused not stored
 * @param unknown nobody knows: the connection ended
 */
record Answer(int accepted, int refused, int unknown) {
    /** A batch is taken whole or not at all. */
    static Answer of(int status, int events) {
        return status / 100 == 2 ? new Answer(events, 0, 0) : new Answer(0, events, 0);
    }

    static Answer lost(int events) {
        return new Answer(0, 0, events);
    }
}
