package dev.sluice.delivery.send.http;

import dev.sluice.time.Timers;
import dev.sluice.time.Wheel;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds out whether a shared connection is alive after an exchange on it took too long. A late HTTP/2 exchange ends alone,
 * so that the others go on; but where the connection itself is dead, without a word from the other side, each of them
 * and each that follows would wait for its deadline on it, until TCP gives up after many minutes. Confined to one event
 * loop.
 */
public final class Pulse {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int PING_BYTES = 8;

    private final Wheel wheel;
    private final Set<HttpConnection> asked = new HashSet<>();

    public Pulse(Wheel wheel) {
        this.wheel = wheel;
    }

    /** Closes the connection if it does not answer a ping in time; does nothing while one is under way. */
    public void check(HttpConnection connection) {
        if (!asked.add(connection)) {
            return;
        }
        Timers.Timer patience = wheel.after(PATIENCE.toNanos(), () -> {
            asked.remove(connection); // Vert.x answers no ping of a connection that is closed
            Wire.drop(connection);
        });
        connection.ping(Buffer.buffer(new byte[PING_BYTES])).onComplete(answered -> {
            asked.remove(connection);
            if (answered.succeeded()) {
                patience.cancel();
            }
        });
    }
}
