package dev.sluice.delivery.send.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.VertxConnection;
import org.jspecify.annotations.Nullable;

/** What the HTTP client leaves open about its HTTP/1 connections. On the event loop of the connection. */
final class Wire {
    private static final String CODEC = "codec";

    private Wire() {}

    /**
     * To be called when a connection is there. What breaks it is told by the answer of the attempt that it broke; Vert.x
     * would log each as an error.
     */
    static void watch(HttpConnection connection) {
        connection.exceptionHandler(broken -> {});
        Traffic line = Traffic.begin(connection);
        ChannelPipeline pipeline = pipeline(connection);
        if (pipeline != null) {
            pipeline.channel().config().setAutoClose(false); // what cannot be written may have been answered
            pipeline.replace(CODEC, CODEC, new AnswerCodec(connection, line));
            pipeline.addAfter(CODEC, "interim", new Interim());
        }
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
