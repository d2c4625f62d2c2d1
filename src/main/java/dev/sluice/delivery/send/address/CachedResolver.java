package dev.sluice.delivery.send.address;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.sluice.delivery.send.http.Failures;
import dev.sluice.time.Ticker;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers what was found for a while, and for a shorter while that nothing was. Whoever asks for a host that is being
 * looked up waits for that answer. The same list is returned as long as it is remembered.
 *
 * <p>Where nobody could tell what a name means, it means for some minutes what it meant before (RFC 8767): an endpoint is not
 * down because name servers are. That there is no such name is an answer, and is taken at once.
 */
public final class CachedResolver implements Resolver {
    static final Duration FOUND = Duration.ofSeconds(30);
    static final Duration NOT_FOUND = Duration.ofSeconds(5);
    /** From the time at which it was found. */
    static final Duration STALE = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(CachedResolver.class);
    private static final int MOST_HOSTS = 10_000;

    private final Resolver next;
    private final Cache<String, Known> cache;
    private final Cache<String, Before> before;

    private record Known(Future<List<InetAddress>> addresses, Duration span) {}

    /** @param isUsed whether it stands for what nobody could tell */
    private record Before(List<InetAddress> addresses, boolean isUsed) {}

    public CachedResolver(Resolver next, Ticker ticker) {
        this.next = next;
        this.cache = bounded(ticker)
                .expireAfter(Expiry.<String, Known>writing((host, known) -> known.span()))
                .build();
        this.before = bounded(ticker)
                .expireAfter(Expiry.<String, Before>creating((host, found) -> STALE))
                .build();
    }

    private static Caffeine<Object, Object> bounded(Ticker ticker) {
        return Caffeine.newBuilder()
                .maximumSize(MOST_HOSTS)
                .ticker(ticker::nanos)
                .executor(Runnable::run);
    }

    @Override
    public Future<List<InetAddress>> resolve(String host) {
        Known known = cache.getIfPresent(host);
        if (known != null) {
            return known.addresses();
        }
        Future<List<InetAddress>> asked =
                next.resolve(host).compose(addresses -> found(host, addresses), failure -> failed(host, failure));
        // Written again when it is complete: its time counts from then on, and depends on what came out.
        if (!asked.isComplete()) {
            cache.put(host, new Known(asked, FOUND));
        }
        return asked;
    }

    private Future<List<InetAddress>> found(String host, List<InetAddress> addresses) {
        before.invalidate(host); // its time begins anew
        before.put(host, new Before(addresses, false));
        return remembered(host, Future.succeededFuture(addresses), FOUND);
    }

    private Future<List<InetAddress>> failed(String host, Throwable failure) {
        Before last = failure instanceof UnknownHostException ? null : before.getIfPresent(host);
        if (last == null) {
            return remembered(host, Future.failedFuture(failure), NOT_FOUND);
        }
        if (!last.isUsed()) {
            before.put(host, new Before(last.addresses(), true));
            LOG.atWarn()
                    .addKeyValue("host", host)
                    .addKeyValue("reason", Failures.detail(failure))
                    .log("name servers fail, the last answer is used");
        }
        return remembered(host, Future.succeededFuture(last.addresses()), NOT_FOUND);
    }

    private Future<List<InetAddress>> remembered(String host, Future<List<InetAddress>> told, Duration span) {
        cache.put(host, new Known(told, span));
        return told;
    }
}
