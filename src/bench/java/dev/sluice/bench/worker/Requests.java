package dev.sluice.bench.worker;

import io.vertx.core.buffer.Buffer;

/** What a run of the load sends. */
interface Requests {
    /** How many events, or whatever is counted, each is for. */
    int perRequest();

    /** What a connection begins with, before the first request. */
    Buffer opening();

    /** What a connection ends with. */
    Buffer closing();

    /** Whether one request never ends, and its answer is one line for each event. */
    boolean streams();

    /**
     * The bytes of the next request.
     *
     * @param sequence of its first event
     * @param connection the number of the connection it goes over
     * @param dueMicros when it was due, since 1970
     */
    Buffer next(long sequence, int connection, long dueMicros);

    /** Of a request that was accepted, how many go where nobody counts what arrives. */
    default int elsewhere(long sequence) {
        return 0;
    }
}
