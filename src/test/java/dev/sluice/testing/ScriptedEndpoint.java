package dev.sluice.testing;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * A receiver on a free port of the loopback interface. It records each request byte by byte and does with it what the
 * script says; the last reply is given again and again. It is a TCP server, so it can misbehave. Any thread.
 */
public final class ScriptedEndpoint implements AutoCloseable {
    private static final int SECONDS = 20;

    private final Vertx vertx = Vertx.vertx();
    private final Deque<Reply> script = new ArrayDeque<>(List.of(Reply.status(200)));
    private final List<RecordedRequest> requests = new ArrayList<>();
    /** Of connections that were made, and of some that are yet to be made. */
    private final List<Promise<Void>> closings = new ArrayList<>();

    private int connections;
    private final List<NetSocket> sockets = new ArrayList<>();
    private boolean deaf;
    private String greeting = "";
    private final int port;

    public ScriptedEndpoint() {
        this(new NetServerOptions());
    }

    /** With TLS, or whatever else the options say; host and port are its own. */
    public ScriptedEndpoint(NetServerOptions options) {
        port = await(vertx.createNetServer(options.setHost("127.0.0.1").setPort(0))
                        .connectHandler(this::connected)
                        .listen())
                .actualPort();
    }

    public int port() {
        return port;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** From the next request on. */
    public synchronized ScriptedEndpoint answers(Reply... replies) {
        script.clear();
        script.addAll(List.of(replies));
        return this;
    }

    /** Bytes for each new connection, before any request. */
    public synchronized ScriptedEndpoint greets(String bytes) {
        greeting = bytes;
        return this;
    }

    public synchronized List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    /** The only one that came. */
    public RecordedRequest request() {
        List<RecordedRequest> all = requests();
        if (all.size() != 1) {
            throw new AssertionError("%d requests (expected: one)".formatted(all.size()));
        }
        return all.get(0);
    }

    /** How many connections were ever made. */
    public synchronized int connections() {
        return connections;
    }

    /** Completes when the connection is closed that was made as the {@code index}th, from 0; or will be made. */
    public synchronized Future<Void> closed(int index) {
        return closing(index).future();
    }

    private Promise<Void> closing(int index) {
        while (closings.size() <= index) {
            closings.add(Promise.promise());
        }
        return closings.get(index);
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    /** The result, on a thread that may wait. */
    public static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    /** From the next connection on nothing is read, until {@link #listen}. */
    public synchronized ScriptedEndpoint deaf() {
        deaf = true;
        return this;
    }

    /** Reads on all connections, so that their end is seen. */
    public synchronized void listen() {
        deaf = false;
        sockets.forEach(NetSocket::resume);
    }

    private synchronized void connected(NetSocket socket) {
        Promise<Void> closing = closing(connections++);
        socket.closeHandler(closed -> closing.tryComplete());
        socket.exceptionHandler(failure -> {});
        if (deaf) {
            socket.pause();
            sockets.add(socket);
        }
        socket.handler(new Inbound(socket));
        if (!greeting.isEmpty()) {
            socket.write(greeting);
        }
    }

    private synchronized Reply replyTo(RecordedRequest request) {
        requests.add(request);
        return script.size() > 1 ? script.remove() : script.element();
    }

    /** Collects the bytes of one connection. */
    private final class Inbound implements Handler<Buffer> {
        private final NetSocket socket;
        private Buffer received = Buffer.buffer();

        Inbound(NetSocket socket) {
            this.socket = socket;
        }

        @Override
        public void handle(Buffer bytes) {
            received.appendBuffer(bytes);
            int headEnd = received.toString(StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
            if (headEnd < 0) {
                return;
            }
            String head = received.getString(0, headEnd, "ISO-8859-1");
            int end = headEnd + 4 + contentLength(head);
            if (received.length() >= end) {
                Buffer body = received.getBuffer(headEnd + 4, end);
                received = received.getBuffer(end, received.length());
                replyTo(new RecordedRequest(head, body)).to(vertx, socket);
            }
        }
    }

    private static int contentLength(String head) {
        for (String line : head.lines().toList()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                return Integer.parseInt(
                        line.substring("content-length:".length()).strip());
            }
        }
        return 0;
    }
}
