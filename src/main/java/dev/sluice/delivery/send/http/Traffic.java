package dev.sluice.delivery.send.http;

import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import org.jspecify.annotations.Nullable;

/** What a connection has carried so far. On its event loop. */
final class Traffic {
    private static final AttributeKey<Traffic> KEY = AttributeKey.valueOf(Traffic.class.getName());

    private boolean proven;
    private boolean answering;

    /** For a connection that was just made. */
    static Traffic begin(HttpConnection connection) {
        Traffic line = new Traffic();
        if (connection instanceof ConnectionBase wire) {
            wire.channel().attr(KEY).set(line);
        }
        return line;
    }

    /** Null if nobody watches it. */
    static @Nullable Traffic of(HttpConnection connection) {
        return connection instanceof ConnectionBase wire
                ? wire.channel().attr(KEY).get()
                : null;
    }

    /** Whether an answer came on it before: it is no new one. */
    boolean isProven() {
        return proven;
    }

    /** The head of an answer came. */
    void answered() {
        proven = true;
    }

    /** Whether, on HTTP/1, something came that may be the beginning of the answer to the last request. */
    boolean isAnswering() {
        return answering;
    }

    void answering(boolean begun) {
        answering = begun;
    }
}
