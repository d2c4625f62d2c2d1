package dev.sluice.delivery.send;

import dev.sluice.config.DeliveryConfig;
import dev.sluice.delivery.send.address.AddressRules;
import dev.sluice.delivery.send.address.CachedResolver;
import dev.sluice.delivery.send.address.Dialer;
import dev.sluice.delivery.send.address.DnsResolver;
import dev.sluice.delivery.send.address.GuardedTransport;
import dev.sluice.delivery.send.address.LiteralReach;
import dev.sluice.delivery.send.address.OwnListeners;
import dev.sluice.delivery.send.address.ProxyRule;
import dev.sluice.delivery.send.address.Resolver;
import dev.sluice.delivery.send.address.Setbacks;
import dev.sluice.delivery.send.http.ClientOptions;
import dev.sluice.delivery.send.http.Clients;
import dev.sluice.delivery.send.http.Grace;
import dev.sluice.delivery.send.http.HttpTransport;
import dev.sluice.delivery.send.http.Transport;
import dev.sluice.delivery.send.http.Trust;
import dev.sluice.delivery.send.http.wear.Habits;
import dev.sluice.delivery.send.token.AccessTokens;
import dev.sluice.delivery.send.token.TokenAnswer;
import dev.sluice.delivery.send.token.TokenRequest;
import dev.sluice.delivery.send.token.TokenTransport;
import dev.sluice.delivery.send.transform.Transforms;
import dev.sluice.subscription.Auth;
import dev.sluice.subscription.Reach;
import dev.sluice.time.Jitter;
import dev.sluice.time.Ticker;
import dev.sluice.time.Wheel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Makes what sends: a {@link Sender} for each event loop, and what those of a pod share, which is tokens, the CAs that are
 * trusted, and the knowledge of where the pod itself listens. Any thread.
 */
public final class Senders {
    private static final Duration TICK = Duration.ofMillis(20);
    /** TLS profiles of which one event loop keeps clients. */
    private static final int MOST_PROFILES = 256;

    private final Vertx vertx;
    private final DeliveryConfig config;
    private final Outside outside;
    private final ClientOptions options;
    private final AddressRules rules;
    private final ProxyRule proxies;
    private final String userAgent;
    private final OwnListeners own;
    private final AccessTokens tokens;
    private final Pages pages;

    /**
     * To be called on the context on which tokens shall be asked for; it ends with the verticle of that context.
     *
     * @param home    of that context
     * @param version of Sluice, for {@code user-agent}
     * @param own     where this pod listens: nothing is delivered there
     * @throws IllegalArgumentException if one of {@code delivery.allowNetworks} or {@code noProxy} is not a network, or
     *     {@code caFile} cannot be read; reads that file
     */
    public Senders(Vertx vertx, DeliveryConfig config, Clocks home, String version, OwnListeners own) {
        this(vertx, config, home, version, own, Outside.of(vertx, home.ticker()));
    }

    /**
     * What a test puts in the place of the world.
     *
     * @param tuning the last word on the options of each client
     */
    record Outside(Supplier<Resolver> resolvers, UnaryOperator<WebClientOptions> tuning) {
        static Outside of(Vertx vertx, Ticker ticker) {
            return new Outside(() -> new CachedResolver(new DnsResolver(vertx), ticker), UnaryOperator.identity());
        }
    }

    Senders(Vertx vertx, DeliveryConfig config, Clocks home, String version, OwnListeners own, Outside outside) {
        this.vertx = vertx;
        this.config = config;
        this.own = own;
        this.outside = outside;
        this.options = new ClientOptions(config, Trust.with(config.caFile()));
        this.rules = new AddressRules(config.allowNetworks());
        this.proxies = new ProxyRule(config);
        this.userAgent = "Sluice/" + version;
        this.tokens = tokens(home);
        this.pages = new Pages(vertx, guardedWhole(Pages.MOST_BYTES, home), config.timeout(), userAgent, home.ticker());
    }

    /** What these senders are going to refuse, as far as a URL tells. */
    public Reach reach() {
        return new LiteralReach(rules, own);
    }

    /** What is at a URL, by GET, under the same rules as endpoints; fails for anything but a 200 that is whole. */
    public Future<String> page(URI url) {
        return pages.get(url);
    }

    /**
     * A sender for the context that calls; it ends with the verticle of that context. From the socket outwards, each
     * layer wrapped by the next:
     *
     * <ol>
     *   <li>HTTP posts to an address that it is given, and to nothing else.
     *   <li>The guard gives it the address. It is next to HTTP, so that nothing between them can change what was checked;
     *       and it is asked for each try, so that a second address is checked like the first.
     *   <li>Slow signatures are made before anything is dialled, so that no connection waits for them,
     *   <li>and after the token is there, so that none is made in vain. The token is outside of the guard, which lets no
     *       header back out: what the endpoint says to the token, a 401, is seen here.
     *   <li>The deadline is around all of these: waiting for the token, looking up, every try to connect, the exchange and
     *       the body are one span.
     *   <li>The composer is outside of the deadline since it waits for nothing but a transformation, which ends by itself
     *       and is taken off the time of the exchange. It writes and signs once for all tries: they carry the same
     *       timestamp and bytes.
     *   <li>Safe is last, so that whatever went wrong further in comes out as an answer.
     * </ol>
     *
     * @param manner how the sources of events want deliveries to look
     * @param clocks of the context that calls
     */
    public Sender open(Manner manner, Clocks clocks) {
        Wheel wheel = wheel(clocks);
        return written(transport(wheel, clocks), transforms(wheel, clocks), manner, clocks);
    }

    /**
     * What sends tests, for the context that calls: the same chain, but that it marks and keeps the request between the
     * composer and the deadline.
     */
    public TestSender tester(Manner manner, Clocks clocks) {
        Wheel wheel = wheel(clocks);
        Transforms transforms = transforms(wheel, clocks);
        return new TestSender(transport(wheel, clocks), marked -> written(marked, transforms, manner, clocks));
    }

    private Transport transport(Wheel wheel, Clocks clocks) {
        Transport transport = guarded(config.responseExcerptBytes(), Grace.forTheLog(wheel), clocks);
        transport = new SigningTransport(transport, vertx);
        transport = new TokenTransport(transport, tokens);
        return new DeadlineTransport(transport, wheel);
    }

    private Transforms transforms(Wheel wheel, Clocks clocks) {
        return new Transforms(vertx, config.transform(), clocks.dates(), clocks.ticker(), wheel);
    }

    private Sender written(Transport transport, Transforms transforms, Manner manner, Clocks clocks) {
        Sender sender = new Composer(transport, transforms, manner, userAgent, clocks.dates(), clocks.ticker());
        return new SafeSender(sender, clocks.ticker());
    }

    /** Authorization servers are called under the same rules as endpoints. */
    private AccessTokens tokens(Clocks home) {
        Transport transport = guardedWhole(TokenAnswer.MOST_BYTES, home);
        Function<Auth.OAuth2, Future<TokenAnswer>> server = client -> transport
                .carry(TokenRequest.of(client, config.timeout(), userAgent, home.ticker()))
                .map(answer -> TokenAnswer.read(answer, client))
                .otherwise(fault -> TokenAnswer.failed(fault, client));
        return new AccessTokens(vertx, server, home.ticker());
    }

    /** For what is asked for its body. */
    private Transport guardedWhole(int mostBytes, Clocks home) {
        Wheel wheel = wheel(home);
        return new DeadlineTransport(guarded(mostBytes, Grace.whole(wheel), home), wheel);
    }

    private Transport guarded(int excerptBytes, Grace grace, Clocks clocks) {
        Habits habits = new Habits(config.idleTimeout(), clocks.ticker(), Jitter.RANDOM);
        Clients clients =
                new Clients(vertx, options, outside.tuning(), HttpTransport::intercept, habits, MOST_PROFILES);
        Transport http = new HttpTransport(clients, config.http2(), excerptBytes, grace);
        Dialer dialer =
                new Dialer(http, proxies, new Setbacks(clocks.ticker()), grace.wheel(), config.connectTimeout());
        return new GuardedTransport(dialer, outside.resolvers().get(), rules, own);
    }

    private static Wheel wheel(Clocks clocks) {
        return new Wheel(clocks.timers(), clocks.ticker(), TICK);
    }
}
