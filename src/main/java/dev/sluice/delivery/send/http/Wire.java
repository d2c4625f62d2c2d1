package dev.sluice.delivery.send.http;

import dev.sluice.delivery.send.http.wear.Traffic;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.VertxConnection;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the HTTP client leaves open about its connections. On the event loop of the connection. */
final class Wire {
    private static final String CODEC = "codec";
    /** Longer than any attempt that is under way on it. */
    private static final long LAST_MINUTES = 5;

    private Wire() {}

    /**
     * To be called when a connection is there. What breaks it is told by the answer of the attempt that it broke; Vert.x
     * would log each as an error.
     */
    static void watch(HttpConnection connection, Traffic line) {
        connection.exceptionHandler(broken -> {});
        line.begin(connection);
        connection.closeHandler(closed -> line.isLeft());
        ChannelPipeline http1 = pipeline(connection);
        if (http1 != null) {
            http1.channel().config().setAutoClose(false); // what cannot be written may have been answered
            http1.replace(CODEC, CODEC, new AnswerCodec(connection, line));
            http1.addAfter(CODEC, "interim", new Interim());
        } else {
            connection.goAwayHandler(goAway -> line.isLeft());
        }
        if (connection.isSsl() && connection instanceof ConnectionBase wire) {
            ChannelPipeline pipeline = wire.channel().pipeline();
            line.secured(Handshakes.connectedAt(pipeline.get(SslHandler.class)));
            pipeline.addAfter(pipeline.context(SslHandler.class).name(), "farewell", new Farewell(line));
        }
    }

    /** No further request goes out on it, and it closes when those that are under way have ended. */
    static void retire(HttpConnection connection) {
        Traffic line = Traffic.of(connection);
        if (line != null && !line.retire()) {
            return;
        }
        if (pipeline(connection) != null) {
            connection.close();
        } else {
            connection.shutdown(LAST_MINUTES, TimeUnit.MINUTES); // its pool forgets it at once
        }
    }

    /** Closes one that is dead, of which nothing is learned about its server. */
    static void drop(HttpConnection connection) {
        Traffic line = Traffic.of(connection);
        if (line != null) {
            line.retire();
        }
        connection.close();
    }

    /** How many streams the server takes at once on a connection of HTTP/2. */
    static long streams(HttpConnection connection) {
        return connection.remoteSettings().getMaxConcurrentStreams();
    }

    /**
     * Whether the server said of a stream of HTTP/2 that it did not process it: it is above the last one that the server
     * took before it went away (RFC 9113, section 6.8).
     */
    static boolean isLeftUndone(HttpConnection connection, int streamId) {
        Http2Connection http2 = http2(connection);
        return http2 != null
                && http2.goAwayReceived()
                && streamId > http2.local().lastStreamKnownByPeer();
    }

    /** How many requests the server took before it went away; 0 if it does not say. */
    static long taken(HttpConnection connection) {
        Http2Connection http2 = http2(connection);
        int last = http2 == null ? 0 : http2.local().lastStreamKnownByPeer();
        return last <= 0 || last == Integer.MAX_VALUE ? 0 : (last + 1) / 2; // ours have odd numbers
    }

    /** Null if it is not HTTP/2. */
    private static @Nullable Http2Connection http2(HttpConnection connection) {
        if (connection instanceof ConnectionBase wire) {
            Http2ConnectionHandler handler = wire.channel().pipeline().get(Http2ConnectionHandler.class);
            return handler == null ? null : handler.connection();
        }
        return null;
    }

    /**
     * Closes the connection at once. Closed by the client, it would first wait for the bytes under way to be sent, and
     * keep them; which is for ever where the other side does not read.
     */
    static void cut(HttpConnection connection) {
        ChannelPipeline pipeline = pipeline(connection);
        if (pipeline != null) {
            cut(pipeline);
        }
    }

    /** For a reason that the attempt shows. */
    static void breakOff(ChannelHandlerContext context, String reason) {
        context.fireExceptionCaught(new VertxException(reason, true));
        cut(context.pipeline());
    }

    /** From the first handler on nobody is asked who would wait for something. */
    @SuppressWarnings("FutureReturnValueIgnored") // the client hears of the end like any
    private static void cut(ChannelPipeline pipeline) {
        pipeline.firstContext().close();
    }

    /** Null if it is not HTTP/1. */
    private static @Nullable ChannelPipeline pipeline(HttpConnection connection) {
        if (connection instanceof VertxConnection wire) {
            ChannelPipeline pipeline = wire.channelHandlerContext().pipeline();
            return pipeline.get(CODEC) == null ? null : pipeline;
        }
        return null;
    }

    /**
     * Closes what the other side has closed for its part. With TLS that is close_notify, after which a server may leave TCP
     * as it is (RFC 8446 §6.1): what goes out then comes to nobody.
     */
    private static final class Farewell extends ChannelInboundHandlerAdapter {
        private final Traffic line;

        Farewell(Traffic line) {
            this.line = line;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            context.fireUserEventTriggered(event);
            if (event instanceof SslCloseCompletionEvent) {
                line.isLeft();
                cut(context.pipeline());
            }
        }
    }

    /**
     * Drops interim answers (RFC 9110 §15.2: a client reads over those that it did not ask for). Vert.x 5.0.12 takes all
     * but 100 and 103 for the answer itself; after a 101, which nobody asked for, it would go on with a connection that
     * speaks something else.
     */
    private static final class Interim extends ChannelInboundHandlerAdapter {
        private boolean dropping;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpResponse response) {
                dropping = response.decoderResult().isSuccess() && isInterim(response.status());
            }
            boolean dropped = dropping;
            if (message instanceof LastHttpContent) {
                dropping = false;
            }
            if (!dropped) {
                context.fireChannelRead(message);
                return;
            }
            ReferenceCountUtil.release(message);
            if (message instanceof HttpResponse response && isSwitch(response.status())) {
                breakOff(context, "the answer switches protocols (101), which was not asked for");
            }
        }

        private static boolean isInterim(HttpResponseStatus status) {
            return status.codeClass() == HttpStatusClass.INFORMATIONAL;
        }

        private static boolean isSwitch(HttpResponseStatus status) {
            return status.code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code();
        }
    }
}
