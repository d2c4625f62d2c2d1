package dev.sluice.delivery.send;

import dev.sluice.config.DeliveryConfig;
import dev.sluice.delivery.send.transform.Transforms;
import dev.sluice.time.Wheel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.tracing.TracingPolicy;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.time.Duration;

/** Assembles what sends. */
public final class Senders {
    private static final Duration TICK = Duration.ofMillis(20);
    /** For each address of an endpoint. How many attempts are under way is the lane's business, and less. */
    private static final int MOST_CONNECTIONS = 1024;

    private static final int MOST_WAITING = 1024;
    private static final int KEEP_ALIVE_SECONDS = 30;
    private static final int MOST_HEADER_BYTES = 16 * 1024;

    private Senders() {}

    /**
     * A sender for the context that calls; it ends with the verticle of that context.
     *
     * @param version of Sluice, for {@code user-agent}
     * @throws IllegalArgumentException if one of {@code delivery.allowNetworks} is not a network
     */
    public static Sender assemble(Vertx vertx, DeliveryConfig config, Manner manner, Clocks clocks, String version) {
        WebClient client = client(vertx, clientOptions(config));
        Resolver resolver = new CachedResolver(new DnsResolver(vertx), clocks.ticker());
        return assemble(vertx, client, resolver, config, manner, clocks, version);
    }

    /**
     * From the socket outwards, each layer wrapped by the next:
     *
     * <ol>
     *   <li>HTTP posts to an address that it is given, and to nothing else.
     *   <li>The guard gives it the address. It is next to HTTP, so that nothing between them can change what was checked;
     *       and it is asked for each try, so that a second address is checked like the first.
     *   <li>The deadline is around both: looking up, every try to connect, the exchange and the body are one span.
     *   <li>The composer is outside of the deadline since it waits for nothing but a transformation, which ends by itself
     *       and is taken off the time of the exchange. It writes and signs once for all tries: they carry the same
     *       timestamp and bytes.
     *   <li>Safe is last, so that whatever went wrong further in comes out as an answer.
     * </ol>
     */
    static Sender assemble(
            Vertx vertx,
            WebClient client,
            Resolver resolver,
            DeliveryConfig config,
            Manner manner,
            Clocks clocks,
            String version) {
        Wheel wheel = new Wheel(clocks.timers(), clocks.ticker(), TICK);
        Transport transport = transport(client, resolver, config, wheel);
        Transforms transforms = new Transforms(vertx, config.transform(), clocks.dates(), clocks.ticker(), wheel);
        return sender(transport, transforms, manner, clocks, version);
    }

    /** What sends tests, for the context that calls: the same chain, and the request as it went out. */
    public static TestSender tester(Vertx vertx, DeliveryConfig config, Manner manner, Clocks clocks, String version) {
        Wheel wheel = new Wheel(clocks.timers(), clocks.ticker(), TICK);
        Resolver resolver = new CachedResolver(new DnsResolver(vertx), clocks.ticker());
        Transport transport = transport(client(vertx, clientOptions(config)), resolver, config, wheel);
        Transforms transforms = new Transforms(vertx, config.transform(), clocks.dates(), clocks.ticker(), wheel);
        return new TestSender(transport, marked -> sender(marked, transforms, manner, clocks, version));
    }

    private static Transport transport(WebClient client, Resolver resolver, DeliveryConfig config, Wheel wheel) {
        Transport transport = new HttpTransport(client, config.responseExcerptBytes());
        transport = new GuardedTransport(transport, resolver, new AddressRules(config.allowNetworks()));
        return new DeadlineTransport(transport, wheel);
    }

    private static Sender sender(
            Transport transport, Transforms transforms, Manner manner, Clocks clocks, String version) {
        Sender sender =
                new Composer(transport, transforms, manner, "Sluice/" + version, clocks.dates(), clocks.ticker());
        return new SafeSender(sender, clocks.ticker());
    }

    /** What breaks a connection is told by the answer of the attempt that it broke; Vert.x would log each as an error. */
    static WebClient client(Vertx vertx, WebClientOptions options) {
        HttpClient http = vertx.httpClientBuilder()
                .with(options)
                .with(new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS).setMaxWaitQueueSize(MOST_WAITING))
                .withConnectHandler(connection -> connection.exceptionHandler(broken -> {}))
                .build();
        return WebClient.wrap(http, options);
    }

    /** One TLS profile for all: a client that mixes several may hand out a context of the wrong one (CVE-2026-102476). */
    static WebClientOptions clientOptions(DeliveryConfig config) {
        WebClientOptions options = new WebClientOptions();
        options.setUserAgentEnabled(false);
        options.setFollowRedirects(false);
        options.setProtocolVersion(HttpVersion.HTTP_1_1);
        options.setKeepAlive(true);
        options.setKeepAliveTimeout(KEEP_ALIVE_SECONDS);
        options.setPipelining(false);
        options.setDecompressionSupported(false);
        options.setMaxHeaderSize(MOST_HEADER_BYTES);
        options.setTcpNoDelay(true);
        options.setConnectTimeout(
                (int) Math.min(Integer.MAX_VALUE, config.connectTimeout().toMillis()));
        options.setVerifyHost(true);
        options.setTrustAll(false);
        options.setTracingPolicy(TracingPolicy.IGNORE);
        return options;
    }
}
