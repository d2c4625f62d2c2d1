package dev.sluice.testing;

import io.netty.channel.ChannelOption;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;

/** What a {@link ScriptedEndpoint} does with one request. */
@FunctionalInterface
public interface Reply {
    void to(Vertx vertx, NetSocket socket);

    /** A whole answer; {@code headers} are lines such as {@code "retry-after: 5"}. */
    static Reply status(int code, String body, String... headers) {
        return (vertx, socket) -> socket.write(whole(code, body, headers));
    }

    static Reply status(int code) {
        return status(code, "");
    }

    /** Nothing, ever. */
    static Reply silence() {
        return (vertx, socket) -> {};
    }

    /** These bytes, and the connection stays open. */
    static Reply raw(String bytes) {
        return (vertx, socket) -> socket.write(bytes);
    }

    /** These bytes, then the end of the connection. */
    static Reply rawThenClose(String bytes) {
        return (vertx, socket) -> socket.end(Buffer.buffer(bytes));
    }

    /** A promise of 100 bytes, kept with ten, then the end of the connection. */
    static Reply wrongLength() {
        return rawThenClose("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n0123456789");
    }

    static Reply closeAfterHead() {
        return rawThenClose("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n");
    }

    static Reply close() {
        return (vertx, socket) -> socket.close();
    }

    /** A TCP reset instead of an answer. */
    static Reply reset() {
        return resetAfter("");
    }

    /** These bytes, then a TCP reset. */
    static Reply resetAfter(String bytes) {
        return (vertx, socket) -> socket.write(bytes).onComplete(written -> {
            ((NetSocketInternal) socket)
                    .channelHandlerContext()
                    .channel()
                    .config()
                    .setOption(ChannelOption.SO_LINGER, 0);
            socket.close();
        });
    }

    /** A chunk every few milliseconds until the other side closes. */
    static Reply drip() {
        return (vertx, socket) -> {
            socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
            vertx.setPeriodic(5, timer -> socket.write("1\r\nx\r\n").onFailure(closed -> vertx.cancelTimer(timer)));
        };
    }

    /** A body of {@code bytes} bytes. */
    static Reply huge(int bytes) {
        return status(200, "x".repeat(bytes));
    }

    /** A body without end, as fast as the other side reads. */
    static Reply endless() {
        return flood("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", "1000\r\n" + "x".repeat(0x1000) + "\r\n");
    }

    /** The beginning, and then the same again and again, as fast as the other side reads and for as long as it does. */
    static Reply flood(String beginning, String again) {
        return (vertx, socket) -> {
            socket.write(beginning);
            Buffer piece = Buffer.buffer(again.repeat(1 + 0x1000 / again.length()));
            socket.drainHandler(drained -> fill(socket, piece));
            fill(socket, piece);
        };
    }

    /** These bytes as the body, with whatever headers. */
    static Reply bytes(Buffer body, String... headers) {
        return (vertx, socket) -> socket.write("HTTP/1.1 200 OK\r\ncontent-length: " + body.length() + "\r\n"
                        + String.join("\r\n", headers) + "\r\n\r\n")
                .onSuccess(written -> socket.write(body));
    }

    private static void fill(NetSocket socket, Buffer chunk) {
        boolean open = true;
        while (open && !socket.writeQueueFull()) {
            open = !socket.write(chunk).failed();
        }
    }

    private static String whole(int code, String body, String... headers) {
        StringBuilder answer = new StringBuilder("HTTP/1.1 " + code + " Whatever\r\n");
        for (String header : headers) {
            answer.append(header).append("\r\n");
        }
        boolean bodiless = code == 204 || code == 304;
        if (!bodiless) {
            answer.append("content-length: ").append(body.length()).append("\r\n");
        }
        return answer.append("\r\n").append(bodiless ? "" : body).toString();
    }
}
