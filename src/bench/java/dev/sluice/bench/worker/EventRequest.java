package dev.sluice.bench.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.buffer.Buffer;

/** The bytes of one POST of an event, made once for a run and then only stamped. */
final class EventRequest {
    private static final String BEFORE_DATA = "{\"type\":\"bench.event\",\"data\":";
    private static final String AFTER_DATA = "\"}}";

    private final byte[] template;
    private final int stampAt;

    /** @param bodyBytes the length of the whole body; the data, padded to fill it, is a few bytes shorter */
    EventRequest(int port, String path, int bodyBytes) {
        int padding = bodyBytes - BEFORE_DATA.length() - Stamp.LAYOUT.length() - AFTER_DATA.length();
        if (padding < 0) {
            throw new IllegalArgumentException(
                    "bodyBytes: %d (expected: at least %d)".formatted(bodyBytes, bodyBytes - padding));
        }
        String head =
                "POST %s HTTP/1.1\r\nhost: 127.0.0.1:%d\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
                        .formatted(path, port, bodyBytes);
        stampAt = head.length() + BEFORE_DATA.length();
        template = (head + BEFORE_DATA + Stamp.LAYOUT + "x".repeat(padding) + AFTER_DATA).getBytes(US_ASCII);
    }

    Buffer stamped(Stamp stamp) {
        byte[] bytes = template.clone();
        stamp.writeTo(bytes, stampAt);
        return Buffer.buffer(bytes);
    }
}
