package dev.sluice.delivery.send.http.wear;

import dev.sluice.time.Ticker;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a connection has carried so far, and whether it had better carry no more. On its event loop. */
public final class Traffic {
    private static final AttributeKey<Traffic> KEY = AttributeKey.valueOf(Traffic.class.getName());
    /** One that was not used for longer is no new one any more, and may be closed like any that is idle. */
    private static final long NEW_NANOS = Duration.ofSeconds(1).toNanos();

    private static final int MOST_UNUSED = 16;

    private final Ticker ticker;
    private final long madeAt;
    private final long oldAt;

    // confined state
    /** When its TLS handshake began; null without TLS. */
    private @Nullable Long securedFrom;

    /** Of the server, from the first request on. */
    private @Nullable Habit habit;

    /** How long the server lets it be idle, as it said, less a margin. */
    private long announced = Long.MAX_VALUE;

    private boolean proven;
    private boolean answering;
    private boolean over;
    private boolean stopped;
    private int underWay;
    private long carried;
    private boolean retired;
    /** Given to a request that never went out. */
    private int unused;

    private long idleSince;

    /** @param oldAt from then on it carries no more */
    Traffic(Ticker ticker, long oldAt) {
        this.ticker = ticker;
        this.oldAt = oldAt;
        this.madeAt = ticker.nanos();
        this.idleSince = madeAt;
    }

    /** Of the connection, which was just made. */
    public void begin(HttpConnection connection) {
        if (connection instanceof ConnectionBase wire) {
            wire.channel().attr(KEY).set(this);
        }
    }

    /** Null if nobody watches it. */
    public static @Nullable Traffic of(HttpConnection connection) {
        return connection instanceof ConnectionBase wire
                ? wire.channel().attr(KEY).get()
                : null;
    }

    /** Whether a request of this server had better go out on another connection. */
    public boolean isWorn(Habit server, long now) {
        habit = server;
        return over
                || now - oldAt >= 0
                || carried >= server.mostRequests(now)
                || (underWay == 0 && now - idleSince > mostIdle(server, now));
    }

    /** When it was there to be used, TLS included. */
    public long madeAt() {
        return madeAt;
    }

    /** @param handshake when it began */
    public void secured(@Nullable Long handshake) {
        securedFrom = handshake;
    }

    /** When its TLS handshake began; null without TLS. */
    public @Nullable Long securedFrom() {
        return securedFrom;
    }

    private long mostIdle(Habit server, long now) {
        return carried == 0 ? NEW_NANOS : Math.min(announced, server.mostIdle(now));
    }

    public void goesOut() {
        underWay++;
        carried++;
    }

    /** A request that went out came to its end, whatever it was. */
    public void ended() {
        underWay--;
        idleSince = ticker.nanos();
    }

    /**
     * It was given to a request that is not going out, which on HTTP/2 the pool counts as under way for ever: whether it had
     * better be replaced, as nobody is on it or too few would find room.
     *
     * @param streams that the server takes at once
     */
    public boolean isLostByOneUnused(long streams) {
        unused++;
        return underWay == 0 || unused >= Math.min(MOST_UNUSED, streams);
    }

    /** It carries no more; false: it was so before. */
    public boolean retire() {
        boolean first = !retired;
        retired = true;
        over = true;
        return first;
    }

    /** The other side closed it, or said that it is going to. */
    public void isLeft() {
        if (!over && proven && underWay == 0 && habit != null) {
            long now = ticker.nanos();
            habit.closedAfter(now - idleSince, now);
        }
        over = true;
    }

    /** The other side left undone what came after this many requests. */
    public void stoppedAfter(long requests) {
        if (habit != null && !stopped) {
            stopped = true;
            habit.stoppedAfter(requests, ticker.nanos());
        }
    }

    /** What the first answer says of the connection. */
    public void announced(@Nullable String keepAlive) {
        if (keepAlive != null) {
            announced = Habit.announced(keepAlive);
        }
    }

    /** Whether an answer came on it before: it is no new one. */
    public boolean isProven() {
        return proven;
    }

    /** The head of an answer came. */
    public void answered() {
        proven = true;
    }

    /** Whether, on HTTP/1, something came that may be the beginning of the answer to the last request. */
    public boolean isAnswering() {
        return answering;
    }

    public void answering(boolean begun) {
        answering = begun;
    }
}
