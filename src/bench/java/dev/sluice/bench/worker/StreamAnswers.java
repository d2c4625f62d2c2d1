package dev.sluice.bench.worker;

import io.vertx.core.buffer.Buffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Counts the lines of one response that never ends, in chunks: {@code {"id":…} } is an event that was accepted, any other
 * line one that was refused.
 */
final class StreamAnswers implements AnswerReader {
    private static final String ACCEPTED = "{\"id\"";

    private enum Part {
        HEAD,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END
    }

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder line = new StringBuilder();
    private Part part = Part.HEAD;
    private int left;
    private int accepted;
    private int refused;

    @Override
    public @Nullable Answer feed(Buffer bytes, int events) {
        for (int i = 0; i < bytes.length(); i++) {
            take((char) (bytes.getByte(i) & 0xff));
        }
        if (accepted + refused < events) {
            return null;
        }
        Answer answer = new Answer(accepted, refused, 0);
        accepted = 0;
        refused = 0;
        return answer;
    }

    private void take(char next) {
        switch (part) {
            case HEAD -> head(next);
            case CHUNK_SIZE -> chunkSize(next);
            case CHUNK -> chunk(next);
            case CHUNK_END -> part = next == '\n' ? Part.CHUNK_SIZE : Part.CHUNK_END;
        }
    }

    private void head(char next) {
        text.append(next);
        if (next != '\n' || text.indexOf("\r\n\r\n") < 0) {
            return;
        }
        String head = text.toString().toLowerCase(Locale.ROOT);
        if (!head.startsWith("http/1.1 200") || !head.contains("\r\ntransfer-encoding: chunked")) {
            throw new IllegalArgumentException("response: %s (expected: 200 in chunks)".formatted(head));
        }
        text.setLength(0);
        part = Part.CHUNK_SIZE;
    }

    private void chunkSize(char next) {
        if (next != '\n') {
            text.append(next);
            return;
        }
        left = Integer.parseInt(text.toString().trim(), 16);
        text.setLength(0);
        if (left == 0) {
            throw new IllegalArgumentException("response: ended (expected: one line for each event)");
        }
        part = Part.CHUNK;
    }

    private void chunk(char next) {
        if (next == '\n') {
            if (line.toString().equals(ACCEPTED)) {
                accepted++;
            } else {
                refused++;
            }
            line.setLength(0);
        } else if (line.length() < ACCEPTED.length()) {
            line.append(next);
        }
        left--;
        if (left == 0) {
            part = Part.CHUNK_END;
        }
    }
}
