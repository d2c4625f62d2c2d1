package dev.sluice.delivery.send.address;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.sluice.time.Ticker;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * Remembers what was found for a while, and for a shorter while that nothing was. Whoever asks for a host that is being
 * looked up waits for that answer. The same list is returned as long as it is remembered.
 */
public final class CachedResolver implements Resolver {
    static final Duration FOUND = Duration.ofSeconds(30);
    static final Duration NOT_FOUND = Duration.ofSeconds(5);
    private static final int MOST_HOSTS = 10_000;

    private final Resolver next;
    private final Cache<String, Future<List<InetAddress>>> cache;

    public CachedResolver(Resolver next, Ticker ticker) {
        this.next = next;
        this.cache = Caffeine.newBuilder()
                .maximumSize(MOST_HOSTS)
                .ticker(ticker::nanos)
                .executor(Runnable::run)
                .expireAfter(Expiry.<String, Future<List<InetAddress>>>writing(
                        (host, addresses) -> addresses.failed() ? NOT_FOUND : FOUND))
                .build();
    }

    @Override
    public Future<List<InetAddress>> resolve(String host) {
        Future<List<InetAddress>> known = cache.getIfPresent(host);
        if (known != null) {
            return known;
        }
        Future<List<InetAddress>> asked = next.resolve(host);
        cache.put(host, asked);
        // Written again when it is complete: its time counts from then on, and depends on what came out.
        return asked.onComplete((found, failure) -> cache.put(host, asked));
    }
}
