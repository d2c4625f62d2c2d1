package dev.sluice.delivery.send.content;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/**
 * A large body, handed to the socket piece by piece as the other side reads it. Given whole it would be copied into direct
 * memory at once and stay there until it is read, which is up to the endpoint. Confined to one event loop.
 */
public final class Slices implements ReadStream<Buffer> {
    /** A body that is not larger is no more than what waits in a socket anyway. */
    static final int WHOLE = 64 * 1024;

    private static final int PIECE = 32 * 1024;

    private final Buffer body;

    // confined state
    private @Nullable Handler<Buffer> handler;
    private @Nullable Handler<Void> endHandler;
    private int at;
    private long wanted = Long.MAX_VALUE;
    private boolean giving;
    private boolean ended;

    public Slices(Buffer body) {
        this.body = body;
    }

    /** Whether the body is better sent in slices than whole. */
    public static boolean areOf(Buffer body) {
        return body.length() > WHOLE;
    }

    /** Whether the socket has all of it. */
    public boolean isOver() {
        return at == body.length();
    }

    @Override
    public ReadStream<Buffer> handler(@Nullable Handler<Buffer> taker) {
        handler = taker;
        give();
        return this;
    }

    @Override
    public ReadStream<Buffer> pause() {
        wanted = 0;
        return this;
    }

    @Override
    public ReadStream<Buffer> resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public ReadStream<Buffer> fetch(long amount) {
        wanted = Long.MAX_VALUE - amount < wanted ? Long.MAX_VALUE : wanted + amount;
        give();
        return this;
    }

    private void give() {
        if (giving) {
            return; // the taker pauses and resumes from within; the loop below goes on
        }
        giving = true;
        while (handler != null && wanted > 0 && !isOver()) {
            int to = Math.min(body.length(), at + PIECE);
            Buffer piece = body.slice(at, to);
            at = to;
            wanted -= wanted == Long.MAX_VALUE ? 0 : 1;
            handler.handle(piece);
        }
        giving = false;
        if (isOver() && wanted > 0 && endHandler != null && !ended) {
            ended = true;
            endHandler.handle(null);
        }
    }

    @Override
    public ReadStream<Buffer> endHandler(@Nullable Handler<Void> listener) {
        endHandler = listener;
        return this;
    }

    /** Nothing fails here. */
    @Override
    public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> listener) {
        return this;
    }
}
