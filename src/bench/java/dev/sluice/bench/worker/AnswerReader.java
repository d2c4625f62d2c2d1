package dev.sluice.bench.worker;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Reads the answers on one connection, one request at a time. */
interface AnswerReader {
    /**
     * Takes what came from the socket.
     *
     * @param events how many the request was for
     * @return the answer if it ended with these bytes, else null
     * @throws IllegalArgumentException if this is no answer it can find the end of
     */
    @Nullable
    Answer feed(Buffer bytes, int events);
}
