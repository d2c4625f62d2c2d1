package dev.sluice.testing;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.DefaultHttp2FrameWriter;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.io.File;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;

/**
 * A receiver that speaks HTTP/2 over TLS and does frame by frame what a test says, on a free port of the loopback interface. A
 * server of Vert.x or Netty would not do half of it. Any thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // who reads at the other end tells
public final class FrameServer implements AutoCloseable {
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final Http2Settings settings;
    private final Receiver receiver;
    private final Channel channel;

    /** What becomes of a request of which everything came; on the server's one thread. */
    @FunctionalInterface
    public interface Receiver {
        /**
         * Answers, or does not.
         *
         * @param number of the request on its connection, from 1
         */
        void take(Line line, int streamId, int number);
    }

    public FrameServer(Receiver receiver) {
        this(new Http2Settings(), receiver);
    }

    /** @param settings that it tells each client */
    public FrameServer(Http2Settings settings, Receiver receiver) {
        this.settings = settings;
        this.receiver = receiver;
        SslContext tls = tls();
        this.channel = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel accepted) {
                        connections.incrementAndGet();
                        accepted.pipeline().addLast(tls.newHandler(accepted.alloc()), new Line());
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
    }

    private static SslContext tls() {
        try {
            return SslContextBuilder.forServer(
                            new File(Certificates.path("server.pem")), new File(Certificates.path("server.key")))
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            Protocol.ALPN,
                            SelectorFailureBehavior.NO_ADVERTISE,
                            SelectedListenerFailureBehavior.ACCEPT,
                            ApplicationProtocolNames.HTTP_2))
                    .build();
        } catch (SSLException wrong) {
            throw new IllegalStateException(wrong);
        }
    }

    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** How many connections were ever made. */
    public int connections() {
        return connections.get();
    }

    /** How many requests ever came, those included that were refused. */
    public int requests() {
        return requests.get();
    }

    @Override
    public void close() {
        Future<?> closed = loop.shutdownGracefully(0, 5, TimeUnit.SECONDS);
        closed.syncUninterruptibly();
    }

    /** One connection, and what may be written to it. */
    public final class Line extends ByteToMessageDecoder {
        private final DefaultHttp2FrameReader reader = new DefaultHttp2FrameReader();
        private final DefaultHttp2FrameWriter writer = new DefaultHttp2FrameWriter();
        private final ByteBuf preface = Http2CodecUtil.connectionPrefaceBuf();
        private ChannelHandlerContext context;
        private int number;

        private Line() {}

        @Override
        public void handlerAdded(ChannelHandlerContext added) {
            context = added;
        }

        @Override
        public void channelActive(ChannelHandlerContext active) throws Exception {
            writer.writeSettings(context, settings, context.newPromise());
            context.flush();
            super.channelActive(active);
        }

        @Override
        protected void decode(ChannelHandlerContext reading, ByteBuf in, List<Object> out) throws Exception {
            if (preface.isReadable()) {
                int known = Math.min(preface.readableBytes(), in.readableBytes());
                preface.skipBytes(known);
                in.skipBytes(known);
            } else {
                reader.readFrame(reading, in, new Frames());
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext broken, Throwable cause) {
            broken.close();
        }

        public void answer(int streamId, int status) {
            writer.writeHeaders(
                    context,
                    streamId,
                    new DefaultHttp2Headers().status(Integer.toString(status)),
                    0,
                    true,
                    context.newPromise());
            context.flush();
        }

        public void reset(int streamId, long error) {
            writer.writeRstStream(context, streamId, error, context.newPromise());
            context.flush();
        }

        /**
         * Says that it takes no more.
         *
         * @param last of the streams that are processed
         */
        public void goAway(int last) {
            writer.writeGoAway(context, last, 0, Unpooled.EMPTY_BUFFER, context.newPromise());
            context.flush();
        }

        /** TCP stays open. */
        public void closeTls() {
            context.pipeline().get(SslHandler.class).closeOutbound();
        }

        public void close() {
            context.close();
        }

        public void answerAfter(long millis, int streamId) {
            context.executor().schedule(() -> answer(streamId, 200), millis, TimeUnit.MILLISECONDS);
        }

        /** Unless a request came meanwhile. */
        public void closeAfter(long millis) {
            int known = number;
            context.executor()
                    .schedule(
                            () -> {
                                if (number == known) {
                                    close();
                                }
                            },
                            millis,
                            TimeUnit.MILLISECONDS);
        }

        private final class Frames extends Http2FrameAdapter {
            @Override
            public int onDataRead(ChannelHandlerContext reading, int stream, ByteBuf data, int padding, boolean end) {
                int length = data.readableBytes() + padding;
                if (length > 0) {
                    writer.writeWindowUpdate(context, 0, length, context.newPromise());
                }
                if (end) {
                    came(stream);
                }
                return 0;
            }

            @Override
            public void onHeadersRead(
                    ChannelHandlerContext reading, int stream, Http2Headers headers, int padding, boolean end) {
                if (end) {
                    came(stream);
                }
            }

            @Override
            public void onHeadersRead(
                    ChannelHandlerContext reading,
                    int stream,
                    Http2Headers headers,
                    int dependency,
                    short weight,
                    boolean exclusive,
                    int padding,
                    boolean end) {
                onHeadersRead(reading, stream, headers, padding, end);
            }

            @Override
            public void onSettingsRead(ChannelHandlerContext reading, Http2Settings settings) throws Http2Exception {
                writer.writeSettingsAck(context, context.newPromise());
                context.flush();
            }

            private void came(int stream) {
                requests.incrementAndGet();
                number++;
                receiver.take(Line.this, stream, number);
            }
        }
    }
}
