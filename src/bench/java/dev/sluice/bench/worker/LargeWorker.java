package dev.sluice.bench.worker;

import dev.sluice.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sends large events, some each second, and has the endpoints that they are for: one takes connections and never reads,
 * one reads all and answers at once, or, at {@code /slow}, after eight seconds. {@code begin} sends until {@code end}, which
 * answers what became of them.
 *
 * <p>A process of its own, so that a healthy endpoint is not slowed by what these do.
 */
final class LargeWorker implements Worker {
    private static final Duration SLOW = Duration.ofSeconds(8);
    private static final int CONNECTIONS = 8;

    private final Vertx vertx;
    private final Timers timers;
    private final HttpClient client;

    private int deafPort;
    private int port;
    private Timers.@Nullable Timer sending;
    private long accepted;
    private long refused;

    LargeWorker(Vertx vertx, Timers timers) {
        this.vertx = vertx;
        this.timers = timers;
        this.client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    }

    @Override
    public Future<JsonObject> start() {
        Future<Void> deaf = vertx.createNetServer()
                .connectHandler(LargeWorker::hearNothing)
                .listen(0, "127.0.0.1")
                .onSuccess(server -> deafPort = server.actualPort())
                .mapEmpty();
        Future<Void> reading = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .onSuccess(server -> port = server.actualPort())
                .mapEmpty();
        return Future.all(deaf, reading)
                .map(listening -> new JsonObject().put("port", port).put("deaf", deafPort));
    }

    private static void hearNothing(NetSocket socket) {
        socket.exceptionHandler(reset -> {});
        socket.pause();
    }

    private void answer(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        // Whoever waits may be gone before it is answered.
        response.exceptionHandler(gone -> {});
        request.exceptionHandler(gone -> {});
        Runnable end = () -> {
            if (!response.closed()) {
                response.setStatusCode(204).end();
            }
        };
        request.endHandler(read -> {
            if (request.path().equals("/slow")) {
                timers.after(SLOW, end);
            } else {
                end.run();
            }
        });
    }

    @Override
    public Future<JsonObject> run(JsonObject command) {
        return switch (command.getString("op")) {
            case "where" -> Future.succeededFuture(new JsonObject().put("deaf", deafPort));
            case "begin" -> begin(command);
            case "end" -> end();
            default -> throw new IllegalArgumentException("op: " + command.getString("op"));
        };
    }

    private Future<JsonObject> begin(JsonObject command) {
        accepted = 0;
        refused = 0;
        Buffer event = new JsonObject()
                .put("type", command.getString("type"))
                .put("data", new JsonObject().put("text", "x".repeat(command.getInteger("bytes"))))
                .toBuffer();
        RequestOptions post = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost("127.0.0.1")
                .setPort(command.getInteger("port"))
                .setURI(command.getString("path"))
                .putHeader("content-type", "application/json");
        Duration pause = Duration.ofNanos(1_000_000_000L / command.getInteger("perSecond"));
        sending = timers.every(pause, () -> send(post, event));
        return Worker.ready();
    }

    private void send(RequestOptions post, Buffer event) {
        client.request(post)
                .compose(request -> request.send(event))
                .compose(answer -> answer.end().map(answer.statusCode()))
                .onComplete((status, failure) -> {
                    boolean taken = failure == null && status == 202;
                    accepted += taken ? 1 : 0;
                    refused += taken ? 0 : 1;
                });
    }

    private Future<JsonObject> end() {
        if (sending != null) {
            sending.cancel();
        }
        return Future.succeededFuture(new JsonObject().put("accepted", accepted).put("refused", refused));
    }
}
