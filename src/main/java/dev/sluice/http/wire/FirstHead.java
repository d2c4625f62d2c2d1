package dev.sluice.http.wire;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.transport.Transport;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A transport whose servers close connections on which the first head does not come in time. What comes later is for
 * {@link dev.sluice.http.Guests}: Vert.x tells of a connection only with its first head, as long as it may become HTTP/2, so that nothing
 * above the transport sees one whose first head trickles. For the same reason this is where {@link ExactNames} come in.
 */
public final class FirstHead implements Transport {
    private final Transport real;
    private final Duration patience;

    private FirstHead(Transport real, Duration patience) {
        this.real = real;
        this.patience = patience;
    }

    /** The one of this system, if there is one. */
    public static Transport within(Duration patience) {
        Transport system = Transport.nativeTransport();
        boolean isNative = system != null && system.available();
        return new FirstHead(isNative ? system : Transport.NIO, patience);
    }

    @Override
    public String name() {
        return real.name();
    }

    @Override
    public boolean available() {
        return real.available();
    }

    @Override
    public @Nullable Throwable unavailabilityCause() {
        return real.unavailabilityCause();
    }

    /** The real one, but for what it does to servers. */
    @Override
    public io.vertx.core.spi.transport.Transport implementation() {
        return (io.vertx.core.spi.transport.Transport) Proxy.newProxyInstance(
                FirstHead.class.getClassLoader(),
                new Class<?>[] {io.vertx.core.spi.transport.Transport.class},
                (proxy, method, arguments) -> call(method, arguments == null ? new Object[0] : arguments));
    }

    private @Nullable Object call(Method method, Object[] arguments) throws Throwable {
        HttpServerOptions options = null;
        for (Object argument : arguments) {
            if (argument instanceof HttpServerOptions ofServer) {
                options = ofServer;
            } else if (argument instanceof ServerBootstrap server) {
                server.handler(new Accepted(patience, options));
            }
        }
        try {
            return method.invoke(real.implementation(), arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    /** Of the socket that is listened on; what it reads are connections. */
    @ChannelHandler.Sharable
    private static final class Accepted extends ChannelInboundHandlerAdapter {
        private final Duration patience;
        private final @Nullable HttpServerOptions options;

        Accepted(Duration patience, @Nullable HttpServerOptions options) {
            this.patience = patience;
            this.options = options;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object accepted) {
            if (accepted instanceof Channel connection) {
                connection.pipeline().addLast(new Watch(patience));
                if (options != null) {
                    connection.pipeline().addLast(new ExactNames(options));
                }
            }
            context.fireChannelRead(accepted);
        }
    }

    /** Sees the bytes of one connection up to the end of its first head. */
    private static final class Watch extends ChannelInboundHandlerAdapter {
        private final Duration patience;
        private @Nullable Future<?> end;
        /** White space before a head is not of it. */
        private boolean hasBegun;

        private boolean isLineEmpty;

        Watch(Duration patience) {
            this.patience = patience;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            end = context.executor().schedule(() -> cut(context), patience.toNanos(), TimeUnit.NANOSECONDS);
            context.fireChannelActive();
        }

        @SuppressWarnings("FutureReturnValueIgnored") // whatever comes of it, nobody waits
        private static void cut(ChannelHandlerContext context) {
            context.close();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object read) {
            if (read instanceof ByteBuf bytes && bytes.forEachByte(this::isInside) >= 0) {
                context.pipeline().remove(this);
            }
            context.fireChannelRead(read);
        }

        /** Until the line feed of an empty line. */
        private boolean isInside(byte next) {
            if (next == '\n' && hasBegun && isLineEmpty) {
                return false;
            }
            hasBegun |= next > ' ';
            isLineEmpty = next == '\n' || (isLineEmpty && next == '\r');
            return true;
        }

        /** Else whatever hangs on the connection would stay as long as it could have. */
        @Override
        public void handlerRemoved(ChannelHandlerContext context) {
            if (end != null) {
                end.cancel(false);
            }
        }
    }
}
