package dev.sluice.bench.worker;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A keep-alive connection with at most one request under way. Confined to the load's event loop. */
final class Connection {
    private final int number;
    private final NetSocket socket;
    private final AnswerReader answers;
    private final Requests requests;
    private @Nullable Consumer<Answer> waiting;
    private boolean isClosed;

    private Connection(int number, NetSocket socket, Requests requests) {
        this.number = number;
        this.socket = socket;
        this.requests = requests;
        this.answers = requests.streams() ? new StreamAnswers() : new WholeAnswers();
        socket.handler(this::read);
        socket.closeHandler(closed -> ended());
        socket.exceptionHandler(failure -> socket.close());
        if (requests.opening().length() > 0) {
            socket.write(requests.opening());
        }
    }

    /** @param number to tell it from the run's other connections */
    static Future<Connection> open(NetClient client, int port, int number, Requests requests) {
        return client.connect(port, "127.0.0.1").map(socket -> new Connection(number, socket, requests));
    }

    int number() {
        return number;
    }

    boolean isClosed() {
        return isClosed;
    }

    /** Answers exactly once; if the connection ends before, nobody knows what became of the request. */
    void post(Buffer request, Consumer<Answer> answered) {
        waiting = answered;
        if (isClosed) {
            ended();
            return;
        }
        socket.write(request).onFailure(failure -> socket.close());
    }

    void close() {
        if (requests.closing().length() > 0) {
            socket.write(requests.closing());
        }
        socket.close();
    }

    private void read(Buffer bytes) {
        if (waiting == null) {
            return;
        }
        Answer answer = answers.feed(bytes, requests.perRequest());
        if (answer != null) {
            answer(answer);
        }
    }

    private void ended() {
        isClosed = true;
        answer(Answer.lost(requests.perRequest()));
    }

    private void answer(Answer answer) {
        Consumer<Answer> answered = waiting;
        waiting = null;
        if (answered != null) {
            answered.accept(answer);
        }
    }
}
