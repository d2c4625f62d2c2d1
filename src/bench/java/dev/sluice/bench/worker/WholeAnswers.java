package dev.sluice.bench.worker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.vertx.core.buffer.Buffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds the end of one HTTP/1.1 response at a time, of a server that answers with a content-length or no body.
 *
 * <p>A whole HTTP client would cost the load as much CPU as the gateway spends on the request, on the same processors.
 */
final class WholeAnswers implements AnswerReader {
    private static final String LENGTH = "\r\ncontent-length:";
    private static final int UNKNOWN = -1;

    private Buffer pending = Buffer.buffer();
    private int status;
    /** Of head and body, or {@link #UNKNOWN} as long as the head has not ended. */
    private int length = UNKNOWN;

    @Override
    public @Nullable Answer feed(Buffer bytes, int events) {
        pending = pending.length() == 0 ? bytes : pending.appendBuffer(bytes);
        if (length == UNKNOWN) {
            readHead();
        }
        if (length == UNKNOWN || pending.length() < length) {
            return null;
        }
        pending = Buffer.buffer();
        length = UNKNOWN;
        return Answer.of(status, events);
    }

    private void readHead() {
        String text = pending.toString(ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return;
        }
        String head = text.substring(0, end).toLowerCase(Locale.ROOT);
        if (!head.startsWith("http/1.1 ") || head.contains("\r\ntransfer-encoding:")) {
            throw new IllegalArgumentException(
                    "response: %s (expected: HTTP/1.1 with a content-length)".formatted(head));
        }
        status = Integer.parseInt(head, "http/1.1 ".length(), "http/1.1 200".length(), 10);
        length = end + "\r\n\r\n".length() + bodyLength(head);
    }

    private static int bodyLength(String head) {
        int at = head.indexOf(LENGTH);
        if (at < 0) {
            return 0;
        }
        int end = head.indexOf("\r\n", at + 2);
        return Integer.parseInt(head.substring(at + LENGTH.length(), end < 0 ? head.length() : end)
                .trim());
    }
}
