package dev.sluice.ingest.decode;

import dev.sluice.event.Draft;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Makes events of a request. Pure. */
@FunctionalInterface
public interface Decoder {
    /**
     * @param body nobody writes to it again: drafts share memory with it
     * @throws dev.sluice.http.ProblemException for a body of which nothing may be stored, with every fault in it
     */
    List<Draft> decode(MultiMap headers, Buffer body, Stamp stamp);

    /**
     * @param maxEvents of a batch
     * @throws IllegalArgumentException for a stream, which is not decoded as a whole
     */
    static Decoder of(Format format, int maxEvents) {
        return switch (format) {
            case JSON -> JsonDecoder.PLAIN;
            case STRUCTURED -> JsonDecoder.STRICT;
            case BATCH -> new BatchDecoder(maxEvents);
            case BINARY -> new BinaryDecoder();
            case NDJSON -> throw new IllegalArgumentException("format: NDJSON (expected: one that is read as a whole)");
        };
    }
}
