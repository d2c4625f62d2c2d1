package dev.sluice.playground;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A request that came. Nobody changes the body.
 *
 * @param number counts up over all receivers
 * @param body   the beginning of it, if it was longer than is kept
 * @param length of the whole body
 * @param status it was answered with; 0 for no answer
 */
record Receipt(long number, Instant at, List<Map.Entry<String, String>> headers, Buffer body, int length, int status) {
    Receipt {
        headers = List.copyOf(headers);
    }

    boolean isCut() {
        return body.length() < length;
    }
}
