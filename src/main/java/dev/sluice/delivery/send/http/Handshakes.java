package dev.sluice.delivery.send.http;

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
import java.util.TreeMap;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

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
    private long begun;
    /** By the order in which they began, from 1. */
    private final TreeMap<Long, Handshake> underWay = new TreeMap<>();

    /** For each client whose handshakes are to be known. */
    SSLEngineOptions engine() {
        return new Engine();
    }

    /** How many were ever begun: a mark for {@link #abandon}. */
    long begun() {
        return begun;
    }

    /** Nobody waits any more for the connection: closes the first to this host that began after the mark. */
    void abandon(String host, int port, long mark) {
        for (Handshake handshake : underWay.tailMap(mark, false).values()) {
            if (handshake.isTo(host, port)) {
                handshake.giveUp();
                return;
            }
        }
    }

    private record Handshake(ChannelHandlerContext context, SSLEngine engine) {
        boolean isTo(String host, int port) {
            return engine.getPeerPort() == port && ServerName.peer(host).equals(engine.getPeerHost());
        }

        /** Past TLS, which would have a farewell to send. */
        @SuppressWarnings("FutureReturnValueIgnored") // the handshake fails
        void giveUp() {
            context.close();
        }
    }

    private final class Handler extends SslHandler {
        Handler(SSLEngine engine, boolean startTls, Executor executor) {
            super(engine, startTls, executor);
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // it is the same
        public void handlerAdded(ChannelHandlerContext added) throws Exception {
            long number = ++begun;
            underWay.put(number, new Handshake(added, engine()));
            super.handlerAdded(added);
            handshakeFuture().addListener(done -> underWay.remove(number));
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
            return new Handler(engine, startTls, executor);
        }

        @Override
        protected void initEngine(SSLEngine engine) {}
    }
}
