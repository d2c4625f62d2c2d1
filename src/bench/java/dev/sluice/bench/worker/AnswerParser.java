package dev.sluice.bench.worker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.vertx.core.buffer.Buffer;
import java.util.Locale;

/**
 * Finds the end of one HTTP/1.1 response at a time, of a server that answers with a content-length or no body.
 *
 * <p>A whole HTTP client would cost the load as much CPU as the gateway spends on the request, on the same processors.
 */
final class AnswerParser {
    /** The response has not ended yet. */
    static final int MORE = 0;

    private static final String LENGTH = "\r\ncontent-length:";

    private Buffer pending = Buffer.buffer();

    /**
     * Takes what came from the socket.
     *
     * @return the status of the response that ended with these bytes, or {@link #MORE}
     * @throws IllegalArgumentException if this is no response it can find the end of
     */
    int feed(Buffer bytes) {
        pending = pending.length() == 0 ? bytes : pending.appendBuffer(bytes);
        String text = pending.toString(ISO_8859_1);
        int headEnd = text.indexOf("\r\n\r\n");
        if (headEnd < 0) {
            return MORE;
        }
        String head = text.substring(0, headEnd).toLowerCase(Locale.ROOT);
        if (text.length() < headEnd + 4 + bodyLength(head)) {
            return MORE;
        }
        pending = Buffer.buffer();
        return Integer.parseInt(head, "http/1.1 ".length(), "http/1.1 200".length(), 10);
    }

    private static int bodyLength(String head) {
        if (!head.startsWith("http/1.1 ") || head.contains("\r\ntransfer-encoding:")) {
            throw new IllegalArgumentException(
                    "response: %s (expected: HTTP/1.1 with a content-length)".formatted(head));
        }
        int at = head.indexOf(LENGTH);
        if (at < 0) {
            return 0;
        }
        int end = head.indexOf("\r\n", at + 2);
        return Integer.parseInt(head.substring(at + LENGTH.length(), end < 0 ? head.length() : end)
                .trim());
    }
}
