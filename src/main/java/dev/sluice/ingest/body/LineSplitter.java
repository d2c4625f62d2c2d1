package dev.sluice.ingest.body;

import dev.sluice.http.JsonText;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Cuts chunks into lines. Keeps at most one line that is not whole yet. Confined to one event loop. */
public final class LineSplitter {
    private final int maxLine;

    private @Nullable Buffer rest;
    private long lines;

    /** @param maxLine bytes, without the line feed */
    public LineSplitter(int maxLine) {
        this.maxLine = maxLine;
    }

    public interface Sink {
        /** @param number from 1; blank lines count, but do not come here */
        void line(long number, JsonText text);
    }

    /**
     * Gives every line that ends in this chunk.
     *
     * @param chunk nobody writes to it again
     * @return false if a line is too long: the lines before it were given, nothing after it can be
     */
    public boolean feed(Buffer chunk, Sink sink) {
        byte[] bytes = chunk.getBytes();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '\n') {
                continue;
            }
            if (!line(chunk, bytes, start, i, sink)) {
                return false;
            }
            start = i + 1;
        }
        return keep(bytes, start);
    }

    /** Gives a last line that has no line feed. */
    public void finish(Sink sink) {
        if (rest != null) {
            give(JsonText.of(rest), rest.getBytes(), 0, rest.length(), sink);
            rest = null;
        }
    }

    /** The number of the line that comes next, or is not whole yet. */
    public long nextLine() {
        return lines + 1;
    }

    public int restBytes() {
        return rest == null ? 0 : rest.length();
    }

    private boolean line(Buffer chunk, byte[] bytes, int from, int to, Sink sink) {
        if (restBytes() + (long) to - from > maxLine) {
            return false;
        }
        if (rest == null) {
            give(new JsonText(chunk, bytes, from, to), bytes, from, to, sink);
        } else {
            rest.appendBytes(bytes, from, to - from);
            finish(sink);
        }
        return true;
    }

    private void give(JsonText text, byte[] bytes, int from, int to, Sink sink) {
        lines++;
        if (!isBlank(bytes, from, to)) {
            sink.line(lines, text);
        }
    }

    private boolean keep(byte[] bytes, int from) {
        int length = bytes.length - from;
        if (restBytes() + (long) length > maxLine) {
            return false;
        }
        if (length > 0) {
            rest = rest == null ? Buffer.buffer(2 * length) : rest;
            rest.appendBytes(bytes, from, length);
        }
        return true;
    }

    private static boolean isBlank(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }
}
