package dev.sluice.delivery.send.token;

import dev.sluice.bus.Home;
import dev.sluice.subscription.Auth;
import dev.sluice.time.Ticker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The OAuth 2 tokens of the pod: one request for each client, however many attempts on however many event loops need its
 * token at once. Any thread may call; an answer comes back on the context of the caller.
 *
 * <p>All of it lives on one context, to which the calls hop. Why not a concurrent map of futures: that shares a request
 * that is under way, but when to refresh, to pause and to drop is a state of several fields, and would need a lock; and
 * a future of one event loop calls its listeners there, and not on the loop of the attempt. Why not a cache in front for
 * each loop: a hop costs a few microseconds, and a token that was dropped would live on in the others.
 */
public final class AccessTokens {
    private static final int MOST_CLIENTS = 10_000;

    private final Home home;
    private final Function<Auth.OAuth2, Future<TokenAnswer>> server;
    private final Ticker ticker;

    // confined to home
    private final Map<Auth.OAuth2, ClientToken> grants = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Auth.OAuth2, ClientToken> eldest) {
            return size() > MOST_CLIENTS;
        }
    };

    /** @param server asks for a token; called on the context that calls now, and its future must never fail */
    public AccessTokens(Vertx vertx, Function<Auth.OAuth2, Future<TokenAnswer>> server, Ticker ticker) {
        this.home = Home.here(vertx);
        this.server = server;
        this.ticker = ticker;
    }

    /** Never fails. */
    Future<Granted> of(Auth.OAuth2 client) {
        return home.ask(() -> grant(client).get());
    }

    /** An endpoint did not take this token of the client. */
    void refused(Auth.OAuth2 client, Granted.Token token) {
        home.run(() -> grant(client).refused(token));
    }

    private ClientToken grant(Auth.OAuth2 client) {
        return grants.computeIfAbsent(client, fresh -> new ClientToken(() -> server.apply(fresh), ticker));
    }
}
