package dev.sluice.bench.worker;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A keep-alive connection with at most one request under way. Confined to the load's event loop. */
final class Connection {
    /** The answer to a request whose connection ended: nobody knows what became of it. */
    static final int LOST = -1;

    private final NetSocket socket;
    private final AnswerParser parser = new AnswerParser();
    private @Nullable IntConsumer waiting;

    private Connection(NetSocket socket) {
        this.socket = socket;
        socket.handler(this::read);
        socket.closeHandler(closed -> answer(LOST));
        socket.exceptionHandler(failure -> socket.close());
    }

    static Future<Connection> open(NetClient client, int port) {
        return client.connect(port, "127.0.0.1").map(Connection::new);
    }

    /** Answers with the status, or {@link #LOST}, exactly once. */
    void post(Buffer request, IntConsumer answered) {
        waiting = answered;
        socket.write(request).onFailure(failure -> socket.close());
    }

    void close() {
        socket.close();
    }

    private void read(Buffer bytes) {
        int status = parser.feed(bytes);
        if (status != AnswerParser.MORE) {
            answer(status);
        }
    }

    private void answer(int status) {
        IntConsumer answered = waiting;
        waiting = null;
        if (answered != null) {
            answered.accept(status);
        }
    }
}
