package dev.sluice.delivery.send.address;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.send.http.Request;
import dev.sluice.delivery.send.http.Transport;
import dev.sluice.time.Wheel;
import io.vertx.core.Future;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Has a request sent to one of several addresses, as RFC 8305 does it: the next is tried when one cannot be connected to, or
 * has no connection within {@link #DELAY}. The first connection gets the request, and no other does; one that is kept
 * gets it at once. Those that come late are kept for the next deliveries. Confined to one event loop.
 *
 * <p>Addresses take turns. One that failed, or was slower than the next in spite of its start, comes last for a minute: it
 * costs its delay once, and not with each event.
 *
 * <p>Why not look for an address with a connection of its own and then ask the pool: a server would see a connection come
 * and go for each that is used, and one that accepts and says nothing would pass for well.
 */
public final class Dialer {
    /** The next is under way within 250 ms, the wheel's tick and a busy event loop included. */
    static final Duration DELAY = Duration.ofMillis(200);

    private static final int MOST_ADDRESSES = 4;

    private final Transport next;
    private final ProxyRule proxies;
    private final Setbacks setbacks;
    private final Wheel wheel;
    private final long connectNanos;

    // confined state
    private int turn;

    /** @param connectTimeout for all addresses together */
    public Dialer(Transport next, ProxyRule proxies, Setbacks setbacks, Wheel wheel, Duration connectTimeout) {
        this.next = next;
        this.proxies = proxies;
        this.setbacks = setbacks;
        this.wheel = wheel;
        this.connectNanos = connectTimeout.toNanos();
    }

    /** @param servers that were checked; at least one */
    Future<Answer> carry(Request request, List<SocketAddress> servers) {
        return servers.size() == 1
                ? carryTo(request, servers.get(0))
                : new Dialing(this, request, setbacks.sorted(servers, turn++, MOST_ADDRESSES)).start();
    }

    Future<Answer> carryTo(Request request, SocketAddress server) {
        request.dial(server, proxies.of(request.endpoint().host(), server));
        return next.carry(request);
    }

    Setbacks setbacks() {
        return setbacks;
    }

    Wheel wheel() {
        return wheel;
    }

    long connectNanos() {
        return connectNanos;
    }
}
