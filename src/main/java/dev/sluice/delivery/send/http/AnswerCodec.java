package dev.sluice.delivery.send.http;

import dev.sluice.delivery.send.http.wear.Traffic;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1 as the codec of Netty's client has it, which does not say where an answer ends among the bytes that came: there
 * what is left over would be read as the answer to the next request (RFC 9112 §6.3). Here it ends the connection, and so
 * does what comes while nothing is asked for. The answer before it counts as it is.
 *
 * <p>It also ends a connection on which more comes in for one request than any answer takes. The head and the body of an
 * answer have limits of their own; this is for what has none, such as interim answers or empty lines for ever.
 */
final class AnswerCodec extends CombinedChannelDuplexHandler<HttpResponseDecoder, HttpRequestEncoder> {
    /** For one request: twice the most bytes of a body. Bytes in chunks of their own, at six each, are not worth more. */
    static final long MOST_BYTES = 2 * AnswerBody.MOST_BYTES;

    private static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");
    private static final int FIRST_PRINTABLE = 0x21;

    private final HttpConnection connection;
    private final Traffic line;

    // confined state
    private boolean asked;
    private long received;

    AnswerCodec(HttpConnection connection, Traffic line) {
        this.connection = connection;
        this.line = line;
        HttpDecoderConfig limits = new HttpDecoderConfig()
                .setMaxHeaderSize(ClientOptions.MOST_HEADER_BYTES)
                .setStrictLineParsing(false); // a line feed alone may end a line (RFC 9112 §2.2)
        init(new Decoder(limits), new HttpRequestEncoder());
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof HttpRequest) {
            asked = true;
            received = 0;
            line.answering(false);
        }
        boolean isWhole = message instanceof HttpRequest && message instanceof LastHttpContent;
        super.write(context, message, isWhole ? promise : unbroken(context, promise));
    }

    /**
     * A server that does not want the rest of a large body answers, closes, and resets what is still under way. If the
     * client heard of that, it would give up before it has read the answer. The end of the connection it hears anyway.
     */
    private static ChannelPromise unbroken(ChannelHandlerContext context, ChannelPromise promise) {
        return context.newPromise().addListener(written -> promise.trySuccess());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (!(message instanceof ByteBuf bytes)) {
            super.channelRead(context, message);
        } else if (!asked) {
            bytes.release();
            connection.close(); // so that nobody gets it any more
            Wire.cut(connection);
        } else if (isLeftOver(bytes)) {
            bytes.release();
            Wire.breakOff(context, "the connection has left-overs of the answer before");
        } else {
            read(context, bytes);
        }
    }

    /** No answer begins like that, so it is none to this request; on a new connection it is a bad answer all the same. */
    private boolean isLeftOver(ByteBuf bytes) {
        if (line.isAnswering() || !line.isProven() || !bytes.isReadable()) {
            return false;
        }
        byte first = bytes.getByte(bytes.readerIndex());
        return first != 'H' && first >= FIRST_PRINTABLE;
    }

    private void read(ChannelHandlerContext context, ByteBuf bytes) throws Exception {
        received += bytes.readableBytes();
        line.answering(true);
        if (received <= MOST_BYTES) {
            super.channelRead(context, bytes);
            return;
        }
        ReferenceCountUtil.release(bytes);
        Wire.breakOff(context, "the answer takes more than %d bytes on the wire".formatted(MOST_BYTES));
    }

    /** The answer is whole: what is behind it belongs to no answer. */
    private void ended(HttpResponse answer, ByteBuf behind) {
        asked = false;
        if (behind.isReadable()) {
            behind.skipBytes(behind.readableBytes());
            // As if the server had said so: the client neither keeps the connection nor gives it to who waits for one.
            answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
    }

    private final class Decoder extends HttpResponseDecoder {
        private @Nullable HttpResponse answer;

        Decoder(HttpDecoderConfig limits) {
            super(limits);
        }

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
            int known = out.size();
            super.decode(context, in, out);
            for (int i = known; i < out.size(); i++) {
                Object part = out.get(i);
                if (part instanceof HttpResponse begun) {
                    answer = begun;
                    if (!line.isProven()) {
                        line.announced(begun.headers().get(KEEP_ALIVE));
                    }
                }
                if (part instanceof LastHttpContent && answer != null && !isInterim(answer)) {
                    ended(answer, in);
                }
            }
        }

        private static boolean isInterim(HttpResponse answer) {
            return answer.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        }
    }
}
