package dev.sluice.ingest.body;

import dev.sluice.http.ProblemException;
import dev.sluice.ingest.decode.Refusals;
import io.vertx.core.buffer.Buffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks gzip (RFC 1952) as it comes, a piece at a time, so that a few bytes that stand for very many take no more room
 * than others. Several members one after the other are one text. To be closed, as its memory is not on the heap. Confined
 * to one event loop; not thread-safe.
 */
public final class Gunzip implements AutoCloseable {
    public static final int PIECE = 64 * 1024;

    private static final int HEADER = 10;
    private static final int TRAILER = 8;
    private static final int MAX_HEADER = 64 * 1024;
    private static final int DEFLATED = 8;
    /** Bits of the flags. */
    private static final int CHECKED = 2;

    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private enum Part {
        HEAD,
        DATA,
        END
    }

    private final byte[] piece = new byte[PIECE];
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private Part part = Part.HEAD;
    /** Not looked at yet. */
    private byte[] input = {};

    private int from;
    private boolean isClosed;

    /**
     * All of it.
     *
     * @param hold what the bytes are counted in
     * @throws ProblemException 400 for what is no gzip, 413 for more than {@code maxBytes}, 503 if there is no room for it
     */
    public static Buffer whole(Buffer packed, int maxBytes, Admission.Hold hold) {
        try (Gunzip gunzip = new Gunzip()) {
            gunzip.feed(packed);
            Buffer text = Buffer.buffer();
            for (Buffer piece = gunzip.next(); piece != null; piece = gunzip.next()) {
                if (text.length() + piece.length() > maxBytes) {
                    throw Refusals.tooLarge(maxBytes).asException();
                }
                if (!hold.bytes(piece.length())) {
                    throw Refusals.OVERLOADED.asException();
                }
                text.appendBuffer(piece);
            }
            gunzip.finish();
            return text;
        }
    }

    void feed(Buffer packed) {
        byte[] more = packed.getBytes();
        byte[] joined = new byte[input.length - from + more.length];
        System.arraycopy(input, from, joined, 0, input.length - from);
        System.arraycopy(more, 0, joined, input.length - from, more.length);
        input = joined;
        from = 0;
    }

    /**
     * The next of it, or null as long as no more came.
     *
     * @throws ProblemException 400 for what is no gzip
     */
    @Nullable
    Buffer next() {
        while (!isClosed) {
            if (part == Part.DATA) {
                Buffer piece = data();
                if (piece != null || part == Part.DATA) {
                    return piece;
                }
            } else if (!(part == Part.HEAD ? head() : end())) {
                return null;
            }
        }
        return null;
    }

    /** @throws ProblemException 400 if the text is cut off */
    void finish() {
        if (part != Part.HEAD || from < input.length) {
            throw malformed("cut off");
        }
    }

    /** Null if nothing more came; the part is another if this was the end of it. */
    private @Nullable Buffer data() {
        inflater.setInput(input, from, input.length - from);
        int length;
        try {
            length = inflater.inflate(piece);
        } catch (DataFormatException damaged) {
            throw malformed("damaged");
        }
        from = input.length - inflater.getRemaining();
        checksum.update(piece, 0, length);
        if (inflater.finished()) {
            part = Part.END;
        } else if (inflater.needsDictionary()) {
            throw malformed("damaged");
        }
        return length == 0 ? null : Buffer.buffer(length).appendBytes(piece, 0, length);
    }

    private boolean end() {
        if (input.length - from < TRAILER) {
            return false;
        }
        boolean isWhole =
                little(from) == (int) checksum.getValue() && little(from + 4) == (int) inflater.getBytesWritten();
        if (!isWhole) {
            throw malformed("damaged: its checksum is another");
        }
        from += TRAILER;
        inflater.reset();
        checksum.reset();
        part = Part.HEAD;
        return true;
    }

    private boolean head() {
        int length = headLength();
        if (length < 0) {
            if (input.length - from > MAX_HEADER) {
                throw malformed("a head without end");
            }
            return false;
        }
        from += length;
        part = Part.DATA;
        return true;
    }

    /** -1 if it is not whole yet. */
    private int headLength() {
        int there = input.length - from;
        boolean isGzip =
                (there < 1 || at(0) == 0x1F) && (there < 2 || at(1) == 0x8B) && (there < 3 || at(2) == DEFLATED);
        if (!isGzip) {
            throw malformed("not gzip");
        }
        if (there < HEADER) {
            return -1;
        }
        int flags = at(3);
        int length = HEADER;
        if ((flags & EXTRA) != 0) {
            length = there < length + 2 ? -1 : length + 2 + at(length) + 256 * at(length + 1);
        }
        length = (flags & NAME) != 0 ? behindZero(length) : length;
        length = (flags & COMMENT) != 0 ? behindZero(length) : length;
        length += (flags & CHECKED) != 0 && length >= 0 ? 2 : 0;
        return length > there ? -1 : length;
    }

    private int behindZero(int start) {
        for (int i = start; i >= 0 && from + i < input.length; i++) {
            if (at(i) == 0) {
                return i + 1;
            }
        }
        return -1;
    }

    private int at(int index) {
        return input[from + index] & 0xFF;
    }

    private int little(int index) {
        return (input[index] & 0xFF)
                | (input[index + 1] & 0xFF) << 8
                | (input[index + 2] & 0xFF) << 16
                | (input[index + 3] & 0xFF) << 24;
    }

    private static ProblemException malformed(String what) {
        return Refusals.notGzip(what).asException();
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            inflater.end();
        }
    }
}
