package dev.sluice.http;

import dev.sluice.time.Ticker;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * The connections of one listener on one event loop, so that it can end without cutting off whoever asks, and cuts off
 * whoever never comes to an end. Confined to that loop; not thread-safe.
 *
 * <h2>How it works</h2>
 * Each client is told to go: by {@code Connection: close} with its next answer, or the one it waits for, and by GOAWAY on
 * HTTP/2. It is served all the same, until it goes; a connection on which nothing happens for a while is closed.
 *
 * <p>For the server's idle timeout each byte is a new beginning: a byte a second would hold a connection, and what is read
 * of its body, for hours. So a request has to be whole within twice that time, or is answered with 408 and cut. A connection
 * that waits longer for a head than silence is allowed is not silent, and cut as well. Answers may take as long as they
 * like, and streams as long as something whole comes.
 *
 * <h2>Why not a timer for each request</h2>
 * Nearly all end within a millisecond, and a timer would cost each of them more than a look now and then.
 *
 * <h2>Why not the server's own shutdown</h2>
 * It closes at once whatever waits for no answer, while the next request is on its way: at 250 requests a second on
 * connections that are kept, 53 of them had no answer.
 */
public final class Guests {
    /** So long nothing was asked: longer than a request is on its way from anywhere. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final IdentityHashMap<HttpConnection, Guest> guests = new IdentityHashMap<>();
    private final Duration idle;
    private final Ticker ticker;
    private boolean leaving;

    /** @param idle after which the server closes a silent connection */
    public Guests(Duration idle, Ticker ticker) {
        this.idle = idle;
        this.ticker = ticker;
    }

    /**
     * To be called each second: whoever is late is cut off, and an answer that was given is not kept, with all that hangs on
     * it, as long as its connection.
     */
    public void sweep() {
        long now = ticker.nanos();
        List.copyOf(guests.values()).forEach(guest -> guest.sweep(now, idle));
    }

    /** For each new connection. */
    public void came(HttpConnection connection) {
        Guest guest = new Guest(connection, ticker.nanos());
        guests.put(connection, guest);
        connection.closeHandler(gone -> guests.remove(connection));
        if (leaving) {
            guest.send();
        }
    }

    /** For each request, before it is answered. */
    public Visit asks(HttpServerRequest request) {
        Visit visit = new Visit(request, ticker.nanos());
        Guest guest = guests.get(request.connection());
        if (guest != null) {
            guest.asks(visit, leaving);
        }
        return visit;
    }

    public int connections() {
        return guests.size();
    }

    /** Connections on which somebody waits for an answer. */
    public int waiting() {
        return (int) guests.values().stream().filter(Guest::isWaiting).count();
    }

    /** Completes when all are gone, or after the patience. */
    public Future<Void> leave(Duration patience, Timers timers) {
        leaving = true;
        guests.values().forEach(Guest::send);
        Promise<Void> gone = Promise.promise();
        Duration sixth = patience.dividedBy(6);
        Duration quiet = sixth.compareTo(QUIET) < 0 ? sixth : QUIET;
        Timers.Timer looks = timers.every(quiet.dividedBy(Guest.LOOKS), () -> look(patience, gone));
        Timers.Timer end = timers.after(patience, gone::tryComplete);
        if (guests.isEmpty()) {
            gone.tryComplete();
        }
        return gone.future().onComplete(done -> {
            looks.cancel();
            end.cancel();
        });
    }

    private void look(Duration patience, Promise<Void> gone) {
        List.copyOf(guests.values()).forEach(guest -> guest.look(patience));
        if (guests.isEmpty()) {
            gone.tryComplete();
        }
    }
}
