package dev.sluice.http.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.AsciiString;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.Http1xOrH2CHandler;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;

/**
 * Puts another decoder of requests in the place of Vert.x's, before it reads. That one knows the usual names by some of their
 * bytes: it takes {@code Content-Xength} for {@code Content-Length} (CVE-2026-102479), which a proxy in front takes for what it
 * is, so that the two do not agree where the next request begins, and one client says the beginning of another's.
 *
 * <p>The decoder comes with the byte that tells HTTP/1 from HTTP/2, so the first ones go in one by one. Confined to one event
 * loop; not thread-safe.
 */
final class ExactNames extends ChannelInboundHandlerAdapter {
    private static final String DECODER = "httpDecoder";

    private final HttpServerOptions options;

    ExactNames(HttpServerOptions options) {
        this.options = options;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object read) {
        ChannelPipeline pipeline = context.pipeline();
        ChannelHandlerContext tls = pipeline.context(SslHandler.class);
        if (tls != null) {
            pipeline.addAfter(tls.name(), null, new AfterHandshake());
            pipeline.remove(this);
        } else if (read instanceof ByteBuf bytes) {
            boolean isDecided = isDecided(pipeline);
            while (!isDecided && bytes.readableBytes() > 1) {
                context.fireChannelRead(bytes.readRetainedSlice(1));
                isDecided = isDecided(pipeline);
            }
            if (isDecided) {
                pipeline.remove(this);
            }
        }
        context.fireChannelRead(read);
    }

    private boolean isDecided(ChannelPipeline pipeline) {
        return replaced(pipeline) || pipeline.get(Http1xOrH2CHandler.class) == null;
    }

    private boolean replaced(ChannelPipeline pipeline) {
        ChannelHandler decoder = pipeline.get(DECODER);
        if (decoder == null) {
            return false;
        }
        pipeline.replace(decoder, DECODER, new Decoder(options));
        return true;
    }

    /** With TLS the decoder comes with the end of the handshake, before anything is read. */
    private final class AfterHandshake extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            context.fireUserEventTriggered(event);
            if (event instanceof SslHandshakeCompletionEvent) {
                replaced(context.pipeline());
                context.pipeline().remove(this);
            }
        }
    }

    private static final class Decoder extends VertxHttpRequestDecoder {
        /** Where what follows {@code Content-} begins: the byte that is not looked at. */
        private static final int UNSEEN = 8;

        private static final int LOWER_CASE = 0x20;

        Decoder(HttpServerOptions options) {
            super(options);
        }

        @Override
        protected AsciiString splitHeaderName(byte[] bytes, int start, int length) {
            if (length == 0) {
                throw new IllegalArgumentException("a header without a name");
            }
            AsciiString name = super.splitHeaderName(bytes, start, length);
            boolean isGuessed =
                    length > UNSEEN && (name.byteAt(UNSEEN) | LOWER_CASE) != (bytes[start + UNSEEN] | LOWER_CASE);
            return isGuessed ? new AsciiString(bytes, start, length, true) : name;
        }
    }
}
