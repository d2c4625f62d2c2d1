package dev.sluice.delivery.send.http;

import dev.sluice.time.Ticker;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.DelegatingSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.spi.tls.DefaultSslContextFactory;
import io.vertx.core.spi.tls.SslContextFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * The TLS handshakes under way. Confined to one event loop: that of the clients that have its {@link #engine}.
 *
 * <p>Vert.x gives out no connection before its handshake is done, so an endpoint that accepts and then says nothing would
 * keep the socket long after the attempt is over. What Vert.x does let us choose is who makes the handler of a handshake;
 * that handler is made here, with the name that it asks for, and is remembered until it has come to an end.
 *
 * <p>Nor does Vert.x say for whom it makes a connection. But its pool begins one in the turn of the attempt that found
 * none. So what began before an attempt is not its own, and the first after that is: one that has little time does not
 * end the handshake of one that has much. Only while a client reads its certificates, before its very first handshake,
 * do attempts wait; a handshake that begins after its attempt is over ends with the client's connect timeout.
 */
final class Handshakes {
    private static final int MOST_OVER = 256;

    private final Ticker ticker;

    // confined state
    private long begun;
    /** By the order in which they began, from 1: those under way, and the last that are over, as attempts hear of that later. */
    private final TreeMap<Long, Handshake> known = new TreeMap<>();

    private final Deque<Long> over = new ArrayDeque<>();

    Handshakes(Ticker ticker) {
        this.ticker = ticker;
    }

    /** For each client whose handshakes are to be known. */
    SSLEngineOptions engine() {
        return new Engine();
    }

    /** How many were ever begun: a mark for {@link #abandon}. */
    long begun() {
        return begun;
    }

    /** Nobody waits any more for the connection: closes the first to this host that is under way and began after the mark. */
    void abandon(String host, int port, long mark) {
        for (Handshake handshake : known.tailMap(mark, false).values()) {
            if (handshake.context != null && handshake.isTo(host, port)) {
                handshake.giveUp();
                return;
            }
        }
    }

    /** When the connection was there over which the first to this host speaks that began after the mark; null: it is not yet. */
    @Nullable
    Long connectedAt(String host, int port, long mark) {
        for (Handshake handshake : known.tailMap(mark, false).values()) {
            if (handshake.isTo(host, port)) {
                return handshake.connectedAt;
            }
        }
        return null;
    }

    /** The same of one that is done; null where it is none of ours. */
    static @Nullable Long connectedAt(SslHandler done) {
        return done instanceof Handler handler ? handler.handshake.connectedAt : null;
    }

    private void ended(long number) {
        over.add(number);
        if (over.size() > MOST_OVER) {
            known.remove(over.remove());
        }
    }

    private static final class Handshake {
        private final String peer;
        private final int port;
        /** While it is under way. */
        private @Nullable ChannelHandlerContext context;

        private @Nullable Long connectedAt;

        Handshake(String peer, int port) {
            this.peer = peer;
            this.port = port;
        }

        boolean isTo(String host, int other) {
            return port == other && peer.equals(ServerName.peer(host));
        }

        /** Past TLS, which would have a farewell to send. */
        @SuppressWarnings("FutureReturnValueIgnored") // the handshake fails
        void giveUp() {
            if (context != null) {
                context.close();
            }
        }
    }

    private final class Handler extends SslHandler {
        private final Handshake handshake;

        Handler(SSLEngine engine, boolean startTls, Executor executor, Handshake handshake) {
            super(engine, startTls, executor);
            this.handshake = handshake;
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // it is the same
        public void handlerAdded(ChannelHandlerContext added) throws Exception {
            handshake.context = added;
            if (added.channel().isActive()) {
                handshake.connectedAt = ticker.nanos(); // through a proxy
            }
            long number = ++begun;
            known.put(number, handshake);
            super.handlerAdded(added);
            handshakeFuture().addListener(done -> {
                handshake.context = null;
                ended(number);
            });
        }

        @Override
        public void channelActive(ChannelHandlerContext active) throws Exception {
            handshake.connectedAt = ticker.nanos();
            super.channelActive(active);
        }
    }

    private final class Engine extends JdkSSLEngineOptions {
        @Override
        public JdkSSLEngineOptions copy() {
            return new Engine();
        }

        @Override
        public SslContextFactory sslContextFactory() {
            return new DefaultSslContextFactory(SslProvider.JDK, false) {
                @Override
                public SslContext create() throws SSLException {
                    return new HandshakeContext(super.create());
                }
            };
        }
    }

    private final class HandshakeContext extends DelegatingSslContext {
        HandshakeContext(SslContext context) {
            super(context);
        }

        @Override
        protected SslHandler newHandler(
                ByteBufAllocator memory, String host, int port, boolean startTls, Executor executor) {
            String peer = ServerName.peer(host);
            SSLEngine engine = newEngine(memory, peer, port);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setServerNames(ServerName.asked(peer));
            engine.setSSLParameters(parameters);
            return new Handler(engine, startTls, executor, new Handshake(peer, port));
        }

        @Override
        protected void initEngine(SSLEngine engine) {}
    }
}
