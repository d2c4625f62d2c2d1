package dev.sluice.ingest.body;

import dev.sluice.http.ProblemException;
import io.vertx.core.buffer.Buffer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What came of a packed stream, and how far it is unpacked: what comes of a few bytes may be very much, so it goes piece by
 * piece, as there is room, and not too many in one turn of the loop, so that nobody else has to wait. To be closed. Confined
 * to one event loop; not thread-safe.
 */
public final class Unpacking implements AutoCloseable {
    /** In one turn of the loop. */
    private static final int MOST_PIECES = 16;

    private final Gunzip gunzip = new Gunzip();
    private boolean hasMore;
    private boolean isUnderWay;

    public void feed(Buffer packed) {
        gunzip.feed(packed);
        hasMore = true;
    }

    /** There may be more to unpack of what came. */
    public boolean hasMore() {
        return hasMore;
    }

    /**
     * @param hasRoom for one more piece
     * @throws ProblemException 400 for what is no gzip
     */
    public void unpack(BooleanSupplier hasRoom, Consumer<Buffer> pieces) {
        if (isUnderWay) {
            return; // an answer that is there at once re-enters here
        }
        isUnderWay = true;
        try {
            for (int i = 0; i < MOST_PIECES && hasMore && hasRoom.getAsBoolean(); i++) {
                Buffer piece = gunzip.next();
                hasMore = piece != null;
                if (piece != null) {
                    pieces.accept(piece);
                }
            }
        } finally {
            isUnderWay = false;
        }
    }

    /** @throws ProblemException 400 if the text is cut off */
    public void finish() {
        gunzip.finish();
    }

    @Override
    public void close() {
        gunzip.close();
    }
}
