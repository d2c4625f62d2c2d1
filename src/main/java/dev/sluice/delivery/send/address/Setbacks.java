package dev.sluice.delivery.send.address;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.time.Ticker;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Addresses that lately had no connection, or not soon. Confined to one event loop. */
public final class Setbacks {
    static final Duration SPAN = Duration.ofMinutes(1);
    private static final int MOST = 10_000;

    private final Cache<SocketAddress, Boolean> lately;

    public Setbacks(Ticker ticker) {
        this.lately = Caffeine.newBuilder()
                .maximumSize(MOST)
                .ticker(ticker::nanos)
                .executor(Runnable::run)
                .expireAfterWrite(SPAN)
                .build();
    }

    void add(SocketAddress server) {
        lately.put(server, true);
    }

    /** The servers from the one whose turn it is; those that failed lately come last. */
    List<SocketAddress> sorted(List<SocketAddress> servers, int turn, int most) {
        List<SocketAddress> sorted = new ArrayList<>(servers.size());
        List<SocketAddress> last = new ArrayList<>(0);
        for (int i = 0; i < servers.size(); i++) {
            SocketAddress server = servers.get(Math.floorMod(turn + i, servers.size()));
            (lately.getIfPresent(server) == null ? sorted : last).add(server);
        }
        sorted.addAll(last);
        return sorted.size() <= most ? sorted : sorted.subList(0, most);
    }
}
