package dev.sluice.delivery.send.http;

import dev.sluice.delivery.send.http.wear.Habits;
import dev.sluice.subscription.TlsProfile;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.ext.web.client.impl.HttpContext;
import io.vertx.ext.web.client.impl.WebClientInternal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP clients of one event loop: a set for each TLS profile, made when the first attempt needs it. Confined to that
 * loop.
 *
 * <p>A set of its own for each profile, and not one client that is told with each request: a client of Vert.x 5.0 that
 * serves several TLS options may take the context of one for the other, or one that checks no names (CVE-2026-102476).
 * Nor may a connection that showed the certificate of one webhook carry the deliveries of another.
 *
 * <p>At most {@code most} profiles keep their clients; those of the one used longest ago are closed as soon as nothing
 * is under way on them. The set without a profile always stays.
 */
public final class Clients {
    /** For each address of an endpoint. */
    private static final int MOST_CONNECTIONS = 1024;

    /**
     * Attempts that wait for a connection are as many as the lanes have under way, which is theirs to bound. Many webhooks
     * may share an address; an attempt that is refused here would count as a failure of an endpoint that is well.
     */
    private static final int UNBOUNDED = -1;

    private final Vertx vertx;
    private final ClientOptions options;
    private final UnaryOperator<WebClientOptions> tuning;
    private final Handler<HttpContext<?>> interceptor;
    private final int most;
    private final Habits habits;
    private final Handshakes handshakes;

    // confined state
    private final Profile usual = new Profile(null);
    private final Map<TlsProfile, Profile> profiles = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param tuning      the last word on the options
     * @param interceptor sees every request of every client
     */
    public Clients(
            Vertx vertx,
            ClientOptions options,
            UnaryOperator<WebClientOptions> tuning,
            Handler<HttpContext<?>> interceptor,
            Habits habits,
            int most) {
        this.vertx = vertx;
        this.options = options;
        this.tuning = tuning;
        this.interceptor = interceptor;
        this.habits = habits;
        this.handshakes = new Handshakes(habits.ticker());
        this.most = most;
    }

    /** To be given back with {@link Profile#release}. */
    Profile take(@Nullable TlsProfile tls) {
        Profile profile = tls == null ? usual : profiles.computeIfAbsent(tls, Profile::new);
        profile.users++;
        if (profiles.size() > most) {
            evictEldest();
        }
        return profile;
    }

    private void evictEldest() {
        TlsProfile eldest = profiles.keySet().iterator().next();
        Profile profile = profiles.remove(eldest);
        profile.evicted = true;
        profile.closeIfIdle();
    }

    /** Of all these clients. */
    Handshakes handshakes() {
        return handshakes;
    }

    /** Of the servers that these clients called. */
    Habits habits() {
        return habits;
    }

    /** How many profiles hold clients. */
    int size() {
        return profiles.size();
    }

    /** The clients of one profile. */
    final class Profile {
        private final @Nullable TlsProfile tls;
        private @Nullable WebClient http1;
        private @Nullable WebClient http2;
        private @Nullable WebClient fresh;
        private int users;
        private boolean evicted;

        private Profile(@Nullable TlsProfile tls) {
            this.tls = tls;
        }

        WebClient http1() {
            WebClient client = http1;
            if (client == null) {
                client = client(options.http1(tls));
                http1 = client;
            }
            return client;
        }

        WebClient http2() {
            WebClient client = http2;
            if (client == null) {
                client = client(options.http2(tls));
                http2 = client;
            }
            return client;
        }

        /** A new HTTP/1.1 connection for each request, which ends with it. */
        WebClient fresh() {
            WebClient client = fresh;
            if (client == null) {
                client = client(options.fresh(tls));
                fresh = client;
            }
            return client;
        }

        void release() {
            users--;
            closeIfIdle();
        }

        private void closeIfIdle() {
            if (!evicted || users > 0) {
                return;
            }
            if (http1 != null) {
                http1.close();
            }
            if (http2 != null) {
                http2.close();
            }
            if (fresh != null) {
                fresh.close();
            }
        }
    }

    private WebClient client(WebClientOptions wanted) {
        WebClientOptions tuned = tuning.apply(wanted);
        tuned.setSslEngineOptions(handshakes.engine());
        HttpClient http = vertx.httpClientBuilder()
                .with(tuned)
                .with(new PoolOptions()
                        .setHttp1MaxSize(MOST_CONNECTIONS)
                        .setHttp2MaxSize(1)
                        .setMaxWaitQueueSize(UNBOUNDED))
                .withConnectHandler(connection -> Wire.watch(connection, habits.begin()))
                .build();
        WebClient client = WebClient.wrap(http, tuned);
        ((WebClientInternal) client).addInterceptor(interceptor);
        return client;
    }
}
