package dev.sluice.http;

import dev.sluice.config.HttpConfig;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How the gateway listens. */
public final class ListenerOptions {
    /** Any free port, the same one for all instances of a verticle; 0 would be another for each. */
    private static final int ANY_SHARED = -1;

    private ListenerOptions() {}

    /**
     * {@code 100 Continue} is left to the handlers: sent by the server it would ask for a body before anybody decided
     * whether there is room for it.
     *
     * @param host the address to bind, resolved from the configuration and the presence of a key
     */
    public static HttpServerOptions of(HttpConfig config, String host) {
        return new HttpServerOptions()
                .setHost(host)
                .setPort(config.port() == 0 ? ANY_SHARED : config.port())
                .setMaxHeaderSize(config.maxHeaderBytes())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(Math.toIntExact(Math.max(1, config.idleTimeout().toMillis())))
                .setTcpNoDelay(true)
                .setPerFrameWebSocketCompressionSupported(false) // else each connection has a handler for it
                .setPerMessageWebSocketCompressionSupported(false)
                .setHandle100ContinueAutomatically(false);
    }

    /** A probe or a scraper needs no connection for longer than the idle timeout, and nobody has a reason to ask slowly. */
    public static HttpServerOptions ofManagement(String host, int port) {
        return new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setIdleTimeout(60)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false);
    }

    /** After which a silent connection is closed. */
    public static Duration idle(HttpServerOptions options) {
        return Duration.ofMillis(options.getIdleTimeoutUnit().toMillis(options.getIdleTimeout()));
    }
}
